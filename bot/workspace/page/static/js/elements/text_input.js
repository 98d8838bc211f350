// What one types into: plain text, numbers, addresses.

import { h } from "../core/dom.js";
import { words } from "../text/text_object.js";
import { marks } from "./button.js";

const TYPES = {
  plain_text_input: "text",
  number_input: "text",
  email_text_input: "email",
  url_text_input: "url",
};
const QUIET = 400; // milliseconds without a key before on_character_entered goes out

export function textInput(element, place) {
  const { scope, blockId, describe } = place;
  const many = Boolean(element.multiline);
  const input = h(many ? "textarea" : "input", {
    ...describe,
    ...marks(element, place),
    class: "field-control",
    type: many ? null : TYPES[element.type],
    inputmode: element.type === "number_input" ? (element.is_decimal_allowed ? "decimal" : "numeric") : null,
    rows: many ? "4" : null,
    maxlength: element.max_length,
    placeholder: words(element.placeholder) || null,
    autocomplete: "off",
    value: scope.choice(blockId, element)?.value ?? "",
    oninput: () => changed(),
    onkeydown: (event) => onEnter(event),
  });
  let timer = 0;
  input.dataset.keepsText = "";
  return input;

  function changed() {
    scope.keep(blockId, element, chosen());
    if (!asks("on_character_entered")) return;
    clearTimeout(timer);
    timer = setTimeout(() => scope.act(blockId, element, chosen()), QUIET);
  }

  function onEnter(event) {
    if (event.key !== "Enter" || many || !asks("on_enter_pressed")) return;
    event.preventDefault();
    scope.act(blockId, element, chosen());
  }

  function asks(when) {
    return (
      place.dispatches &&
      (element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"]).includes(when)
    );
  }

  function chosen() {
    return { value: input.value === "" ? null : input.value };
  }
}

/** rich_text_input, without a toolbar: what is typed becomes one rich_text section. */
export function richTextInput(element, place) {
  const rich = (value) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text: value }] }],
  });
  const { scope, blockId } = place;
  return h("textarea", {
    ...place.describe,
    ...marks(element, place),
    class: "field-control",
    rows: "4",
    placeholder: words(element.placeholder) || null,
    value:
      scope
        .choice(blockId, element)
        ?.rich_text_value?.elements?.[0]?.elements?.map((run) => run.text ?? "")
        .join("") ?? "",
    oninput: ({ target }) =>
      scope.keep(blockId, element, { rich_text_value: target.value ? rich(target.value) : null }),
  });
}
