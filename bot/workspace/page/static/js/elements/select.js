// Selects: a button that opens a searchable list; one choice or several.

import { freshId, h, icon } from "../core/dom.js";
import { openPopover } from "../overlays/popover.js";
import { words } from "../text/text_object.js";
import { marks } from "./button.js";
import { listbox } from "./listbox.js";
import { source } from "./options.js";

export function select(element, place) {
  const { scope, blockId, describe } = place;
  const from = source(element, place);
  const label = describe["aria-label"] ?? words(element.placeholder) ?? "Choose";
  const value = h("span", { class: "select-value", id: freshId("value") });
  const trigger = h(
    "button",
    {
      type: "button",
      class: "select",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      ...describe,
      ...marks(element, place),
      onclick: () => open(),
    },
    value,
    icon("ui-chevron-down"),
  );
  let chosen = from.read(scope.choice(blockId, element));
  show();
  return trigger;

  function show() {
    const text = chosen.map((entry) => words(entry.text)).join(", ");
    value.textContent = text || words(element.placeholder) || "Choose an option";
    value.classList.toggle("select-empty", !text);
    nameOf(trigger, describe, value, words(element.placeholder));
  }

  function open() {
    const before = chosen;
    const list = listbox({
      name: label || "Options",
      multi: from.multi,
      chosen,
      most: element.max_selected_items,
      names: scope.names,
      find: from.options,
      hint: element.type.includes("external")
        ? `Type at least ${element.min_query_length ?? 3} characters`
        : "Nothing matches",
      onchoose: (entries) => {
        chosen = entries;
        show();
        if (!from.multi) close();
      },
    });
    const close = openPopover(trigger, list.node, {
      onclose: () =>
        before !== chosen && scope.choose(blockId, element, from.write(chosen), place.dispatches),
    });
    trigger.setAttribute("aria-expanded", "true");
    list.focus();
  }
}

/** In a form the label names the control and the value is read after it; elsewhere placeholder and value do. */
function nameOf(trigger, describe, value, placeholder) {
  if (describe["aria-labelledby"])
    trigger.setAttribute("aria-labelledby", `${describe["aria-labelledby"]} ${value.id}`);
  else
    trigger.setAttribute(
      "aria-label",
      [...new Set([placeholder, value.textContent])].filter(Boolean).join(": "),
    );
}
