// Forms: the top of the stack of views in one dialog; back, close, submit, errors at their fields.

import { drawBlocks } from "../blocks/blocks.js";
import { showErrors } from "../blocks/input.js";
import { freshId, h, icon } from "../core/dom.js";
import { replaceKeepingFocus } from "../core/reconcile.js";
import { makeScope } from "../core/scope.js";
import { Refused } from "../core/socket.js";
import { plainText } from "../text/text_object.js";
import { formErrors, formValues } from "./form_values.js";

/** Follows `state.views`. */
export function modals(client) {
  const { store, actions } = client;
  const { state } = store;
  const kept = new Map();
  let dialog = null;
  let body = null;
  let drawn = null;
  let before = null;
  store.on(["views"], draw);

  function draw() {
    const view = state.views.at(-1);
    for (const id of kept.keys()) if (!state.views.some((one) => one.id === id)) kept.delete(id);
    if (!view) return shut();
    if (view === drawn) return null;
    if (!kept.has(view.id)) kept.set(view.id, new Map());
    const scope = makeScope(client, { view_id: view.id }, kept.get(view.id), () => formValues(view, scope));
    const fresh = form(view, scope);
    if (dialog) replaceKeepingFocus(body, fresh);
    else show(fresh);
    if (drawn?.id !== view.id) focusFirst(fresh);
    [body, drawn] = [fresh, view];
    return null;
  }

  function show(fresh) {
    before = document.activeElement;
    dialog = h(
      "dialog",
      { class: "dialog modal", oncancel: (event) => (event.preventDefault(), leave()) },
      fresh,
    );
    document.body.append(dialog);
    dialog.showModal();
  }

  function shut() {
    dialog?.close();
    dialog?.remove();
    if (dialog) before?.focus?.({ preventScroll: true });
    dialog = body = drawn = null;
    return null;
  }

  /** Escape and Cancel leave one form; those under it stay, unless it says otherwise. */
  function leave() {
    const view = state.views.at(-1);
    if (view) actions.close(view.id, Boolean(view.clear_on_close));
  }

  function form(view, scope) {
    const title = freshId("view");
    const trouble = h("p", { class: "dialog-trouble", role: "alert" });
    const submit =
      view.submit &&
      h(
        "button",
        { type: "submit", class: "button button-primary", dataset: { focusKey: "submit" } },
        plainText(view.submit, scope.names),
      );
    const needsSubmit = view.blocks.some((block) => block.type === "input");
    dialog?.setAttribute("aria-labelledby", title);
    queueMicrotask(() => dialog?.setAttribute("aria-labelledby", title));
    return h(
      "form",
      {
        class: "modal-form",
        novalidate: true,
        onsubmit: (event) => (
          event.preventDefault(),
          send(event.currentTarget, view, scope, submit, trouble)
        ),
      },
      h(
        "header",
        { class: "dialog-head" },
        state.views.length > 1 &&
          h(
            "button",
            {
              type: "button",
              class: "button button-icon button-quiet",
              "aria-label": "Back",
              dataset: { focusKey: "back" },
              onclick: leave,
            },
            icon("ui-back"),
          ),
        h("h2", { class: "dialog-title", id: title }, plainText(view.title, scope.names)),
        h(
          "button",
          {
            type: "button",
            class: "button button-icon button-quiet",
            "aria-label": "Close",
            dataset: { focusKey: "close" },
            onclick: () => actions.close(view.id, state.views.length > 1),
          },
          icon("ui-close"),
        ),
      ),
      h("div", { class: "dialog-body" }, drawBlocks(view.blocks, scope)),
      trouble,
      h(
        "footer",
        { class: "dialog-foot" },
        h(
          "button",
          { type: "button", class: "button", dataset: { focusKey: "cancel" }, onclick: leave },
          view.close ? plainText(view.close, scope.names) : needsSubmit ? "Cancel" : "Close",
        ),
        submit,
      ),
    );
  }

  async function send(node, view, scope, submit, trouble) {
    trouble.textContent = "";
    const lacking = formErrors(view, scope);
    showErrors(node, lacking);
    if (Object.keys(lacking).length || submit?.getAttribute("aria-busy")) return;
    submit?.setAttribute("aria-busy", "true");
    try {
      const answer = await actions.submit(view.id, formValues(view, scope));
      showErrors(node, answer?.errors ?? {});
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      trouble.textContent = error.message;
    } finally {
      submit?.removeAttribute("aria-busy");
    }
  }
}

function focusFirst(form) {
  const first =
    form.querySelector(".dialog-body :is(input, textarea, select, button, a[href])") ??
    form.querySelector("[type=submit]") ??
    form.querySelector("button");
  first?.focus();
}
