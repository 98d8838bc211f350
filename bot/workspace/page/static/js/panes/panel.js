// The panel at the side: rehearsals, faults, and the log of what goes over the wire.

import { h } from "../core/dom.js";
import { faults } from "./faults.js";
import { iconButton } from "./header.js";
import { wireLog } from "./log.js";
import { rehearsals } from "./rehearsals.js";

const PLACE = "wavewarden/panel";

/** {node, toggle()}: open or not is remembered for the browser. */
export function sidePanel(client) {
  const node = h("aside", {
    class: "panel",
    "aria-label": "Rehearsals and log",
    hidden: localStorage.getItem(PLACE) !== "open",
  });
  const log = wireLog(client, () => !node.hidden);
  node.append(
    h(
      "header",
      { class: "pane-head" },
      h("div", { class: "pane-heading" }, h("h2", { class: "pane-title" }, "Rehearsals")),
      h(
        "div",
        { class: "pane-buttons" },
        iconButton("ui-close", "Close the panel", () => toggle()),
      ),
    ),
    h("div", { class: "panel-scroll" }, rehearsals(client), faults(client)),
    log.node,
  );
  node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && toggle());
  queueMicrotask(mark);
  return { node, toggle };

  function toggle() {
    node.hidden = !node.hidden;
    localStorage.setItem(PLACE, node.hidden ? "closed" : "open");
    mark();
    log.draw();
    if (node.hidden)
      [...document.querySelectorAll(".panel-toggle")].find((button) => button.checkVisibility())?.focus();
    else node.querySelector("button").focus();
  }

  function mark() {
    document.body.classList.toggle("has-panel", !node.hidden);
    for (const button of document.querySelectorAll(".panel-toggle"))
      button.setAttribute("aria-expanded", String(!node.hidden));
  }
}
