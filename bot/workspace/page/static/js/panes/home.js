// The app's home: a page of blocks, drawn anew whenever the app publishes it.

import { drawBlocks } from "../blocks/blocks.js";
import { h } from "../core/dom.js";
import { replaceKeepingFocus } from "../core/reconcile.js";
import { go, routeTo } from "../core/route.js";
import { makeScope } from "../core/scope.js";
import { formValues } from "../overlays/form_values.js";
import { appTabs } from "./app_tabs.js";
import { LIST, iconButton, paneHeader } from "./header.js";

export function homePane(client, panel) {
  const { store, actions } = client;
  const { state } = store;
  const head = paneHeader({
    back: LIST,
    buttons: [
      iconButton("ui-panel", "Rehearsals and log", panel.toggle, {
        class: "button button-icon button-quiet panel-toggle",
      }),
    ],
  });
  const tabs = appTabs(state, "home", openMessages);
  let body = h("div", {});
  let kept = new Map();
  let drawn = null;
  let open = false;
  const node = h(
    "section",
    { class: "home", "aria-label": "App home", hidden: true },
    head.node,
    tabs.node,
    h("div", { class: "home-scroll" }, body),
  );
  store.on(["all", "home", "where"], draw);
  return { node };

  function draw() {
    const here = state.where.pane === "home";
    node.hidden = !here;
    if (here && !open && state.ready) actions.openHome();
    open = here && state.ready;
    if (!here || !state.ready || (drawn && drawn === state.home)) return;
    head.set({ name: state.bot.name });
    if (drawn?.id !== state.home?.id) kept = new Map();
    drawn = state.home;
    const fresh = h(
      "div",
      { class: "home-body" },
      drawn
        ? content(drawn)
        : h("p", { class: "log-empty" }, `${state.bot.name ?? "The app"} has no home yet.`),
    );
    replaceKeepingFocus(body, fresh);
    body = fresh;
  }

  function content(view) {
    const scope = makeScope(client, { view_id: view.id }, kept, () => formValues(view, scope));
    return drawBlocks(view.blocks, scope);
  }

  async function openMessages() {
    const id = await actions.direct(state.bot.user_id);
    if (id) go(routeTo(id));
  }
}
