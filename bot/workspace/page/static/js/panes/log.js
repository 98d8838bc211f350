// The live log: API calls, envelopes, acks, events and faults with their timings.

import { h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";
import { follow } from "../messages/scroll.js";

const KINDS = ["api", "envelope", "ack", "event", "fault"];

/** {node, draw()}: drawn only while `isOpen()`. */
export function wireLog({ store }, isOpen) {
  const filter = h("input", {
    type: "search",
    class: "field-control log-filter",
    placeholder: "Filter",
    "aria-label": "Filter the log",
    oninput: () => draw(),
  });
  const kind = h(
    "select",
    { class: "field-control log-kind", "aria-label": "Kind of entry", onchange: () => draw() },
    h("option", { value: "" }, "Everything"),
    KINDS.map((name) => h("option", { value: name }, name)),
  );
  const rows = h("div", { class: "wire-rows" });
  const box = h(
    "div",
    {
      class: "wire-scroll",
      role: "log",
      "aria-label": "API calls and envelopes",
      "aria-live": "off",
      tabindex: "0",
    },
    rows,
  );
  const scroll = follow(box, rows, () => {});
  const node = h(
    "section",
    { class: "panel-part wire", "aria-label": "Log" },
    h("div", { class: "wire-head" }, h("h3", { class: "panel-title" }, "Log"), filter, kind),
    box,
  );
  store.on(["all", "log"], draw);
  return { node, draw };

  function draw() {
    if (!isOpen()) return;
    const wanted = filter.value.trim().toLowerCase();
    const entries = store.state.log.filter(
      (entry) =>
        (!kind.value || entry.kind === kind.value) &&
        (!wanted || `${entry.name} ${entry.detail}`.toLowerCase().includes(wanted)),
    );
    scroll.keepingPlace(() =>
      reconcile(
        rows,
        entries
          .slice(-store.state.logKept)
          .map((entry) => ({ key: String(entry.seq), version: entry, draw: () => row(entry) })),
      ),
    );
  }
}

function row(entry) {
  const detail =
    typeof entry.detail === "string" ? entry.detail : entry.detail && JSON.stringify(entry.detail);
  return h(
    "div",
    { class: `wire-row wire-${entry.kind} ${entry.ok ? "" : "is-wrong"}`.trim() },
    h("span", { class: "wire-time" }, new Date(entry.at * 1000).toTimeString().slice(0, 8)),
    h("span", { class: "wire-kind" }, entry.kind),
    h(
      "span",
      { class: "wire-what" },
      h("span", { class: "wire-name" }, entry.name),
      detail && h("span", { class: "wire-detail" }, ` ${detail}`),
    ),
    h(
      "span",
      { class: "wire-ms" },
      entry.ms === null || entry.ms === undefined
        ? ""
        : `${entry.ms < 10 ? entry.ms.toFixed(1) : Math.round(entry.ms)} ms`,
    ),
  );
}
