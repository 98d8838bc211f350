// Troubles to rehearse: press one, it happens, and a sentence says what did.

import { h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";

export function rehearsals({ store, actions }) {
  const list = h("ul", { class: "rehearsals" });
  const result = h("p", { class: "rehearsal-result", role: "status" });
  const node = h(
    "section",
    { class: "panel-part", "aria-label": "Rehearsals" },
    h("p", { class: "quiet" }, "Pick a trouble: it happens on the demo host now."),
    list,
    result,
  );
  store.on(["all", "rehearsals"], draw);
  return node;

  function draw() {
    node.hidden = store.state.rehearsals.length === 0;
    reconcile(
      list,
      store.state.rehearsals.map((one) => ({ key: one.name, version: one, draw: () => row(one) })),
    );
  }

  function row(one) {
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "button rehearsal",
          title: one.description,
          onclick: ({ currentTarget }) => run(one, currentTarget),
        },
        h("span", { class: "rehearsal-label" }, one.label),
        h("span", { class: "rehearsal-note" }, one.description),
      ),
    );
  }

  async function run(one, button) {
    button.setAttribute("aria-busy", "true");
    result.textContent = "";
    const [look, sentence] = await actions.rehearse(one.name).then(
      (text) => ["", text],
      (error) => ["is-wrong", error.message],
    );
    button.removeAttribute("aria-busy");
    result.className = `rehearsal-result ${look}`;
    result.textContent = sentence;
  }
}
