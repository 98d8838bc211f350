// Checkboxes and radio buttons.

import { freshId, h } from "../core/dom.js";
import { textObject, words } from "../text/text_object.js";
import { marks } from "./button.js";

export function checkboxes(element, place) {
  const chosen = new Set(
    (place.scope.choice(place.blockId, element)?.selected_options ?? []).map((option) => option.value),
  );
  return group(element, place, "checkbox", chosen, (boxes) => ({
    selected_options: element.options.filter((option, index) => boxes[index].checked),
  }));
}

export function radioButtons(element, place) {
  const chosen = place.scope.choice(place.blockId, element)?.selected_option?.value;
  return group(element, place, "radio", new Set(chosen === undefined ? [] : [chosen]), (boxes) => ({
    selected_option: element.options[boxes.findIndex((box) => box.checked)] ?? null,
  }));
}

function group(element, place, type, chosen, read) {
  const { scope, blockId } = place;
  const name = freshId("choice");
  const mark = marks(element, place);
  const rows = element.options.map((option) =>
    row(option, { type, name, checked: chosen.has(option.value), mark, names: scope.names }),
  );
  const boxes = rows.map((line) => line.querySelector("input"));
  return h(
    "div",
    {
      role: type === "radio" ? "radiogroup" : "group",
      class: "choices",
      "aria-label": "Options",
      ...place.describe,
      onchange: () => scope.choose(blockId, element, read(boxes), place.dispatches),
    },
    rows,
  );
}

function row(option, { type, name, checked, mark, names }) {
  const note = option.description ? freshId("note") : null;
  const dataset = { ...mark.dataset, focusKey: `${mark.dataset.focusKey}/${option.value}` };
  return h(
    "label",
    { class: "choice" },
    h("input", {
      type,
      name,
      checked,
      value: option.value,
      dataset,
      "aria-label": words(option.text),
      "aria-describedby": note,
    }),
    h(
      "span",
      {},
      textObject(option.text, names),
      note && h("span", { id: note, class: "choice-note" }, textObject(option.description, names)),
    ),
  );
}
