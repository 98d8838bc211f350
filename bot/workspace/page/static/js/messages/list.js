// A list of messages that scrolls: drawn by key, windowed by the browser, walked with the arrow keys.

import { h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";
import { follow } from "./scroll.js";
import { toolbar } from "./toolbar.js";

/** {node, draw(items), scroll, …}. `onolder()` is called near the upper end; `onstuck(bool)` when the reader leaves or reaches the lower. */
export function messageList(client, { channel, inThread, onolder, onstuck }) {
  const inner = h("div", { class: "log-inner" });
  const node = h(
    "div",
    { class: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", onkeydown: walk },
    inner,
  );
  const scroll = follow(node, inner, onstuck);
  const bar = toolbar(client, inner, { channel, inThread });
  node.addEventListener("scroll", () => node.scrollTop < 400 && onolder(), { passive: true });
  inner.addEventListener("focusin", ({ target }) => rove(target.closest(".message")));
  return { node, draw, scroll, name: (label) => node.setAttribute("aria-label", label) };

  function draw(items) {
    scroll.keepingPlace(() => bar.keep(() => reconcile(inner, items)));
    if (!inner.contains(document.activeElement)) rove([...inner.querySelectorAll(".message")].at(-1));
  }

  /** One message is in the Tab order: the last one focused, or the newest. */
  function rove(message) {
    if (!message) return;
    for (const other of inner.querySelectorAll('.message[tabindex="0"]')) other.tabIndex = -1;
    message.tabIndex = 0;
  }

  function walk(event) {
    if (!event.target.matches(".message")) return;
    const messages = [...inner.querySelectorAll(".message")];
    const at = messages.indexOf(event.target);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }[event.key];
    if (to === undefined || !messages[to]) return;
    event.preventDefault();
    messages[to].focus();
  }
}
