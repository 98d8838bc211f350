// Slack's confirm dialog: asked before an action goes out.

import { freshId, h } from "../core/dom.js";
import { plainText, textObject, words } from "../text/text_object.js";

/** True at once without a `confirm` object; otherwise when the person says yes. */
export function confirmed(confirm, names) {
  return confirm ? ask(confirm, names) : Promise.resolve(true);
}

function ask(confirm, names) {
  const title = freshId("confirm");
  const text = freshId("confirm-text");
  const yes = h(
    "button",
    {
      type: "submit",
      value: "yes",
      class: `button ${confirm.style === "danger" ? "button-danger" : "button-primary"}`,
    },
    plainText(confirm.confirm ?? { text: "Yes" }, names),
  );
  const no = h(
    "button",
    { type: "submit", value: "no", class: "button" },
    plainText(confirm.deny ?? { text: "Cancel" }, names),
  );
  const dialog = h(
    "dialog",
    { class: "dialog confirm", role: "alertdialog", "aria-labelledby": title, "aria-describedby": text },
    h(
      "form",
      { method: "dialog" },
      h("h2", { id: title, class: "dialog-title" }, words(confirm.title) || "Are you sure?"),
      h(
        "div",
        { id: text, class: "dialog-body" },
        textObject(confirm.text ?? { type: "plain_text", text: "" }, names),
      ),
      h("div", { class: "dialog-foot" }, no, yes),
    ),
  );
  return shown(dialog, no);
}

/** Focus starts on the harmless side: Enter alone does nothing. */
function shown(dialog, first) {
  const before = document.activeElement;
  document.body.append(dialog);
  dialog.showModal();
  first.focus();
  return new Promise((resolve) => {
    dialog.onclose = () => {
      dialog.remove();
      before?.focus?.({ preventScroll: true });
      resolve(dialog.returnValue === "yes");
    };
  });
}
