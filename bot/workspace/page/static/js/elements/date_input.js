// Dates and times by the browser's own pickers.

import { h } from "../core/dom.js";
import { words } from "../text/text_object.js";
import { marks } from "./button.js";

const pad = (number) => String(number).padStart(2, "0");

function localTime(epoch) {
  const date = new Date(epoch * 1000);
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

// Slack's type → [the input's type, the field of the choice, from choice to input, from input to choice]
const KINDS = {
  datepicker: ["date", "selected_date", String, String],
  timepicker: ["time", "selected_time", String, (text) => text.slice(0, 5)],
  datetimepicker: [
    "datetime-local",
    "selected_date_time",
    localTime,
    (text) => Math.floor(new Date(text).getTime() / 1000),
  ],
};

export function dateInput(element, place) {
  const { scope, blockId } = place;
  const [type, field, show, read] = KINDS[element.type];
  const chosen = scope.choice(blockId, element)?.[field];
  return h("input", {
    "aria-label": words(element.placeholder) || `Choose a ${type === "time" ? "time" : "date"}`,
    ...place.describe,
    ...marks(element, place),
    class: "field-control field-control-short",
    type,
    value: chosen ? show(chosen) : "",
    onchange: ({ target }) =>
      scope.choose(blockId, element, { [field]: target.value ? read(target.value) : null }, place.dispatches),
  });
}
