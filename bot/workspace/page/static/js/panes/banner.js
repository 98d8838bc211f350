// What stands over everything: the line to the workspace is lost; sentences that belong to no channel in sight.

import { h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";
import { drawNotice } from "../messages/items.js";

export function banner({ state, on }) {
  const node = h("div", { class: "banner", role: "status" });
  on(["connection"], () => {
    node.textContent =
      state.connected || !state.everConnected ? "" : "The connection to the workspace is lost. Trying again…";
  });
  return node;
}

export function toasts(store) {
  const { state, on } = store;
  const node = h("div", { class: "toasts" });
  on(["notices", "where"], () => {
    const elsewhere = state.notices.filter(
      (notice) =>
        !notice.channel ||
        notice.channel !== state.where.channel ||
        (notice.thread && notice.thread !== state.where.thread),
    );
    reconcile(
      node,
      elsewhere.map((notice) => ({
        key: String(notice.id),
        version: notice,
        draw: () => drawNotice(store, notice),
      })),
    );
  });
  return node;
}
