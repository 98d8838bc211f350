// Buttons: press, link, primary, danger, pending.

import { h } from "../core/dom.js";
import { plainText } from "../text/text_object.js";
import { safeAddress } from "../text/links.js";

/** Marks every interactive element alike, so that focus and the waiting state find it again. */
export function marks(element, { blockId, scope }) {
  const key = scope.pendingKey(blockId, element.action_id);
  return {
    dataset: {
      focusKey: `${blockId}/${element.action_id}`,
      action: element.action_id ?? "",
      pendingKey: key,
    },
    "aria-busy": scope.isPending(key) ? "true" : null,
  };
}

export function button(element, place) {
  const { scope } = place;
  const look = { primary: " button-primary", danger: " button-danger" }[element.style] ?? "";
  const attributes = {
    class: `button${look}`,
    "aria-label": element.accessibility_label,
    ...marks(element, place),
    onclick: ({ currentTarget }) =>
      currentTarget.getAttribute("aria-busy") || scope.act(place.blockId, element, {}),
  };
  const label = h("span", { class: "button-label" }, plainText(element.text, scope.names));
  const href = element.url && safeAddress(element.url);
  if (href) return h("a", { ...attributes, href, target: "_blank", rel: "noopener noreferrer" }, label);
  return h("button", { type: "button", ...attributes }, label);
}

/** icon_button: the trash of a context_actions block. */
export function iconButton(element, place) {
  return button({ ...element, accessibility_label: element.accessibility_label ?? element.text.text }, place);
}

/** feedback_buttons: two buttons that carry one action. */
export function feedbackButtons(element, place) {
  const half = (side) => button({ ...element, ...element[`${side}_button`], type: "button" }, place);
  return h(
    "span",
    { class: "button-pair", role: "group", "aria-label": "Feedback" },
    half("positive"),
    half("negative"),
  );
}
