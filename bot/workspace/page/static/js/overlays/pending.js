// The waiting state of buttons: on while the app has not yet taken the click.

/** Mark every drawn control whose action waits, and only those. */
export function showPending({ state, on }) {
  on(["pending"], () => {
    for (const node of document.querySelectorAll("[data-pending-key]")) {
      if (state.pending.has(node.dataset.pendingKey)) node.setAttribute("aria-busy", "true");
      else node.removeAttribute("aria-busy");
    }
  });
}
