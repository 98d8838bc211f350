// Block Kit's elements by type: how each is drawn and what it holds before anybody touches it.
// https://docs.slack.dev/reference/block-kit/block-elements

import { h } from "../core/dom.js";
import { button, feedbackButtons, iconButton } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { dateInput } from "./date_input.js";
import { overflow } from "./overflow.js";
import { select } from "./select.js";
import { richTextInput, textInput } from "./text_input.js";
import { imageElement } from "../blocks/image.js";

const DRAW = {
  button,
  workflow_button: button,
  icon_button: iconButton,
  feedback_buttons: feedbackButtons,
  overflow,
  image: imageElement,
  plain_text_input: textInput,
  number_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  rich_text_input: richTextInput,
  datepicker: dateInput,
  timepicker: dateInput,
  datetimepicker: dateInput,
  checkboxes,
  radio_buttons: radioButtons,
  file_input: () => h("p", { class: "quiet" }, "Files cannot be chosen here."),
};

for (const source of ["static", "external", "users", "channels", "conversations"]) {
  DRAW[`${source}_select`] = select;
  DRAW[`multi_${source}_select`] = select;
}

/**
 * A control's node. `place` is {scope, blockId, describe, dispatches}: the scope it acts through, its block, the ARIA
 * attributes its label gives it, and whether a change goes to the app at once.
 */
export function drawElement(element, place) {
  const draw = DRAW[element.type];
  return draw
    ? draw(element, { describe: {}, dispatches: true, ...place })
    : h("span", { class: "quiet" }, `(${element.type})`);
}

// the initial_… field of an element → the field of its choice
const INITIAL = {
  initial_value: (element) => (element.type === "rich_text_input" ? "rich_text_value" : "value"),
  initial_option: () => "selected_option",
  initial_options: () => "selected_options",
  initial_user: () => "selected_user",
  initial_users: () => "selected_users",
  initial_channel: () => "selected_channel",
  initial_channels: () => "selected_channels",
  initial_conversation: () => "selected_conversation",
  initial_conversations: () => "selected_conversations",
  initial_date: () => "selected_date",
  initial_time: () => "selected_time",
  initial_date_time: () => "selected_date_time",
};

const EMPTY = {
  checkboxes: "selected_options",
  radio_buttons: "selected_option",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  rich_text_input: "rich_text_value",
};

/** What an untouched element counts as, in the shape of Slack's state.values. */
export function initialChoice(element) {
  const given = Object.keys(INITIAL).find((name) => element[name] !== undefined);
  if (given) return { [INITIAL[given](element)]: element[given] };
  const list = /^(multi_)?(\w+?)s?_select$/.exec(element.type);
  if (list)
    return {
      [`selected_${{ static: "option", external: "option" }[list[2]] ?? list[2]}${list[1] ? "s" : ""}`]:
        list[1] ? [] : null,
    };
  const field = EMPTY[element.type] ?? "value";
  return { [field]: element.type === "checkboxes" ? [] : null };
}

/** True for what a form collects. */
export const holdsValue = (element) =>
  Boolean(element?.action_id) &&
  !["button", "overflow", "workflow_button", "icon_button", "feedback_buttons", "image"].includes(
    element.type,
  );
