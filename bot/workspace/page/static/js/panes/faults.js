// The switches that make this Slack misbehave.

import { freshId, h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";

export function faults({ store, actions }) {
  const list = h("ul", { class: "faults" });
  const count = h("span", { class: "faults-on" });
  const box = h(
    "details",
    {},
    h("summary", { class: "panel-title faults-head" }, "Faults of Slack ", count),
    list,
  );
  store.on(["all", "faults"], draw);
  return h("section", { class: "panel-part", "aria-label": "Faults" }, box);

  function draw() {
    const on = store.state.faults.filter((fault) => fault.value).length;
    count.textContent = on ? `· ${on} on` : "";
    box.open ||= on > 0;
    reconcile(
      list,
      store.state.faults.map((fault) => ({
        key: fault.name,
        version: JSON.stringify(fault),
        draw: () => row(fault),
      })),
    );
  }

  function row(fault) {
    const note = freshId("fault");
    const on = Boolean(fault.value);
    return h(
      "li",
      { class: on ? "fault is-on" : "fault" },
      h(
        "div",
        { class: "fault-words" },
        h("span", { class: "fault-label" }, fault.label),
        h("span", { class: "fault-note", id: note }, fault.description),
      ),
      CONTROLS[fault.kind](fault, actions, note),
    );
  }
}

// a fault's kind → its control
const CONTROLS = {
  switch: (fault, actions, note) =>
    h("button", {
      type: "button",
      class: "switch",
      role: "switch",
      "aria-checked": String(Boolean(fault.value)),
      "aria-label": fault.label,
      "aria-describedby": note,
      dataset: { focusKey: fault.name },
      onclick: () => actions.setFault(fault.name, !fault.value),
    }),
  press: (fault, actions, note) =>
    h(
      "button",
      {
        type: "button",
        class: "button button-small",
        "aria-label": fault.label,
        "aria-describedby": note,
        "aria-busy": null,
        dataset: { focusKey: fault.name },
        onclick: () => actions.setFault(fault.name, true),
      },
      fault.value ? "Armed" : "Press",
    ),
  seconds,
};

function seconds(fault, actions, note) {
  const input = h("input", {
    type: "number",
    min: "0",
    max: "3600",
    step: "any",
    class: "field-control fault-seconds",
    "aria-label": `${fault.label}: seconds`,
    "aria-describedby": note,
    value: String(fault.value || 10),
    dataset: { focusKey: `${fault.name}/seconds`, keepsText: "" },
  });
  const on = Boolean(fault.value);
  const press = () => actions.setFault(fault.name, on ? 0 : Number(input.value));
  return h(
    "span",
    { class: "fault-pair" },
    input,
    h("span", { "aria-hidden": "true", class: "quiet" }, "s"),
    h(
      "button",
      {
        type: "button",
        class: "button button-small",
        "aria-label": `${on ? "Stop" : "Start"}: ${fault.label}`,
        dataset: { focusKey: fault.name },
        onclick: press,
      },
      on ? "Stop" : "Start",
    ),
  );
}
