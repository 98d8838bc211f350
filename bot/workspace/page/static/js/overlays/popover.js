// A small box beside a control: placed in the top layer, closed by Escape, a click elsewhere or leaving it.

let open = null;

/**
 * Show `content` under (or over) `anchor`; `onclose()` runs once. Returns close(). It is put into the anchor's dialog if
 * there is one, since everything outside an open dialog is inert.
 */
export function openPopover(anchor, content, { onclose } = {}) {
  open?.close();
  content.classList.add("popover");
  content.popover = "manual";
  (anchor.closest("dialog") ?? document.body).append(content);
  content.showPopover();
  const watch = new ResizeObserver(() => anchor.isConnected && place(anchor, content));
  watch.observe(content);
  open = { anchor, content, close };
  return close;

  function close({ refocus = true } = {}) {
    if (open?.content !== content) return;
    open = null;
    watch.disconnect();
    anchor.setAttribute("aria-expanded", "false");
    const focusInside = content.contains(document.activeElement);
    content.remove();
    if (refocus && focusInside) successor(anchor)?.focus({ preventScroll: true });
    onclose?.();
  }
}

/** Escape closes what is open here first; true when there was something. */
export function closePopover() {
  const was = open !== null;
  open?.close();
  return was;
}

/** The message may have been drawn anew meanwhile: then its twin takes the focus. */
function successor(anchor) {
  if (anchor.isConnected) return anchor;
  const key = anchor.dataset.focusKey;
  return key ? document.querySelector(`[data-focus-key="${CSS.escape(key)}"]`) : null;
}

function place(anchor, content) {
  const gap = 4;
  const edge = 8;
  const from = anchor.getBoundingClientRect();
  const box = content.getBoundingClientRect();
  const below = from.bottom + gap + box.height <= innerHeight - edge || from.top < box.height + gap + edge;
  const top = below ? from.bottom + gap : from.top - gap - box.height;
  const left = Math.min(from.left, innerWidth - box.width - edge);
  content.style.top = `${Math.max(edge, Math.min(top, innerHeight - box.height - edge))}px`;
  content.style.left = `${Math.max(edge, left)}px`;
}

document.addEventListener(
  "pointerdown",
  ({ target }) => {
    if (open && !open.content.contains(target) && !open.anchor.contains(target))
      open.close({ refocus: false });
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && closePopover()) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

document.addEventListener("focusin", ({ target }) => {
  if (open && !open.content.contains(target) && !open.anchor.contains(target)) open.close({ refocus: false });
});
