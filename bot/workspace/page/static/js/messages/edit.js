// Changing a message of one's own: its text as it was typed, in a dialog.

import { h } from "../core/dom.js";
import { unescape } from "../text/entities.js";

/** Ask for the new text of `message`, and send it. */
export function editMessage({ store, actions }, channel, message) {
  const before = document.activeElement;
  const input = h("textarea", {
    class: "field-control",
    rows: "4",
    "aria-label": "Text of the message",
    value: asTyped(message.text, store.state),
  });
  const dialog = h(
    "dialog",
    { class: "dialog confirm", "aria-label": "Edit message" },
    h(
      "form",
      { method: "dialog" },
      h("div", { class: "dialog-body" }, input),
      h(
        "div",
        { class: "dialog-foot" },
        h("button", { type: "submit", value: "no", class: "button", formnovalidate: true }, "Cancel"),
        h("button", { type: "submit", value: "yes", class: "button button-primary" }, "Save"),
      ),
    ),
  );
  dialog.onclose = () => {
    dialog.remove();
    before?.focus?.({ preventScroll: true });
    if (dialog.returnValue === "yes" && input.value.trim())
      actions.edit(channel, message.ts, input.value.trim());
  };
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}

/** Mentions and links as one types them. */
function asTyped(text, state) {
  const typed = text
    .replace(/<@(\w+)(?:\|[^>]*)?>/g, (all, id) => `@${state.people.get(id)?.name ?? id}`)
    .replace(/<!subteam\^(\w+)(?:\|[^>]*)?>/g, (all, id) => `@${state.groups.get(id)?.handle ?? id}`)
    .replace(/<#(\w+)(?:\|[^>]*)?>/g, (all, id) => `#${state.channels.get(id)?.name ?? id}`)
    .replace(/<!(\w+)>/g, "@$1")
    .replace(/<(https?:[^|>]+|mailto:[^|>]+)(?:\|([^>]*))?>/g, (all, address, label) => label ?? address);
  return unescape(typed);
}
