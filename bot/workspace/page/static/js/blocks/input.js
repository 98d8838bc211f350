// The input block: a label, its control, a hint, and the place where an error shows.

import { freshId, h } from "../core/dom.js";
import { drawElement } from "../elements/elements.js";
import { plainText } from "../text/text_object.js";

// These are one control each: a click on the label may reach them. Groups are only named by it.
const LABELLED = /_input$|picker$/;

export function input(block, scope) {
  const label = freshId("label");
  const control = freshId("control");
  const error = freshId("error");
  const hint = block.hint ? freshId("hint") : null;
  const describe = {
    id: control,
    "aria-labelledby": label,
    "aria-label": undefined,
    "aria-describedby": [error, hint].filter(Boolean).join(" "),
    "aria-required": block.optional ? null : "true",
  };
  const tag = LABELLED.test(block.element.type) ? "label" : "span";
  return h(
    "div",
    { class: "field", dataset: { block: block.block_id } },
    h(
      tag,
      { class: "field-label", id: label, for: tag === "label" ? control : null },
      plainText(block.label, scope.names),
      block.optional && h("span", { class: "field-optional" }, " (optional)"),
    ),
    drawElement(block.element, {
      scope,
      blockId: block.block_id,
      describe,
      dispatches: Boolean(block.dispatch_action),
    }),
    h("p", { class: "field-error", id: error, role: "alert" }),
    hint && h("p", { class: "field-hint", id: hint }, plainText(block.hint, scope.names)),
  );
}

/** Put each error at its field and take the others away; the first one in trouble gets the focus. */
export function showErrors(form, errors) {
  let first = null;
  for (const field of form.querySelectorAll(".field")) {
    const text = errors[field.dataset.block] ?? "";
    const control = field.querySelector("[id^=control]");
    field.querySelector(".field-error").textContent = text;
    field.classList.toggle("is-wrong", text !== "");
    if (text) control?.setAttribute("aria-invalid", "true");
    else control?.removeAttribute("aria-invalid");
    if (text) first ??= control;
  }
  const target = first?.matches("[role=group], [role=radiogroup]") ? first.querySelector("input") : first;
  target?.focus();
}
