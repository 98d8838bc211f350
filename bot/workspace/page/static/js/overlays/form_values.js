// What a form holds, in the shape of Slack's state.values, and what it lacks before it may go out.

import { holdsValue } from "../elements/elements.js";

const elementsOf = (block) =>
  [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].filter(holdsValue);

/** {block_id: {action_id: {type, …choice}}} of every control in the view. */
export function formValues(view, scope) {
  const values = {};
  for (const block of view.blocks) {
    for (const element of elementsOf(block)) {
      values[block.block_id] ??= {};
      values[block.block_id][element.action_id] = {
        type: element.type,
        ...scope.choice(block.block_id, element),
      };
    }
  }
  return values;
}

/** {block_id: sentence} for what Slack's own client would not let pass. */
export function formErrors(view, scope) {
  const errors = {};
  for (const block of view.blocks.filter(({ type }) => type === "input")) {
    const error = fault(block, Object.values(scope.choice(block.block_id, block.element))[0]);
    if (error) errors[block.block_id] = error;
  }
  return errors;
}

function fault({ element, optional }, value) {
  const empty = value === null || value === undefined || value === "" || value.length === 0;
  if (empty) return optional || element.type === "file_input" ? null : "Please complete this required field.";
  return CHECKS[element.type]?.(element, value) ?? null;
}

// element type → sentence, or nothing when the value will do
const CHECKS = {
  plain_text_input: (element, value) =>
    value.length < (element.min_length ?? 0) ? `Enter at least ${element.min_length} characters.` : null,
  email_text_input: (element, value) =>
    /^\S+@\S+\.\S+$/.test(value) ? null : "Please enter a valid email address.",
  url_text_input: (element, value) => (/^https?:\/\/\S+$/.test(value) ? null : "Please enter a valid URL."),
  number_input: number,
};

function number(element, value) {
  const pattern = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value))
    return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value))
    return `Enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && Number(value) > Number(element.max_value))
    return `Enter ${element.max_value} or less.`;
  return null;
}
