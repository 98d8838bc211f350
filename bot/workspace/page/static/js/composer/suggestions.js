// The list over the composer: what the word at the caret could become.

import { freshId, h } from "../core/dom.js";

/** {node, id, show(entries), hide(), isOpen(), move(step), current()}; `onpick(entry)` at a click. */
export function suggestions(input, onpick) {
  const id = freshId("suggestions");
  const node = h("div", {
    class: "suggestions",
    role: "listbox",
    id,
    "aria-label": "Suggestions",
    hidden: true,
  });
  let entries = [];
  let at = 0;
  return { node, id, show, hide, isOpen: () => !node.hidden, move, current: () => entries[at] };

  function show(fresh) {
    entries = fresh;
    node.hidden = false;
    node.replaceChildren(
      ...entries.map((entry) =>
        h(
          "div",
          {
            role: "option",
            id: freshId("suggestion"),
            class: "suggestion",
            "aria-selected": "false",
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => onpick(entry),
          },
          entry.mark,
          h("span", { class: "suggestion-label" }, entry.label),
          entry.note && h("span", { class: "suggestion-note" }, entry.note),
        ),
      ),
    );
    input.setAttribute("aria-expanded", "true");
    mark(0);
  }

  function hide() {
    node.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function move(step) {
    mark((at + step + entries.length) % entries.length);
  }

  function mark(index) {
    node.children[at]?.setAttribute("aria-selected", "false");
    at = index;
    const row = node.children[at];
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row?.id ?? "");
  }
}
