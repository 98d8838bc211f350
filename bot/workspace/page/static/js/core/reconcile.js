// Keyed lists: an item that changed replaces its own node and no other; focus and typed text stay where they were.

/**
 * Make `parent`'s children those of `items`. An item is {key, version, draw() → Element, touch?(element)}: it is drawn
 * anew when its version is another one than the drawn node's; `touch` runs on every pass (cheap marks such as grouping).
 */
export function reconcile(parent, items) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  let place = parent.firstElementChild;
  for (const item of items) {
    const drawn = old.get(item.key);
    const inPlace = drawn !== undefined && drawn === place;
    const node = current(drawn, item);
    old.delete(item.key);
    if (inPlace) place = node.nextElementSibling;
    else parent.insertBefore(node, place);
    item.touch?.(node);
  }
  for (const node of old.values()) node.remove();
}

function current(drawn, item) {
  if (drawn && drawn.drawnVersion === item.version) return drawn;
  const fresh = item.draw();
  fresh.dataset.key = item.key;
  fresh.drawnVersion = item.version;
  if (drawn) replaceKeepingFocus(drawn, fresh);
  return fresh;
}

/** Put `fresh` in place of `drawn`; the control that had focus (same data-focus-key) gets it back, with what was typed. */
export function replaceKeepingFocus(drawn, fresh) {
  const focused = drawn.contains(document.activeElement) ? document.activeElement : null;
  const typed = new Map(
    [...drawn.querySelectorAll("[data-keeps-text]")].map((input) => [focusKey(input), input.value]),
  );
  const caret = focused && "selectionStart" in focused ? focused.selectionStart : null;
  const scrolled = sideways(drawn);
  drawn.replaceWith(fresh);
  for (const input of fresh.querySelectorAll("[data-keeps-text]"))
    if (typed.has(focusKey(input))) input.value = typed.get(focusKey(input));
  sideways(fresh).forEach((box, index) => {
    if (scrolled[index]) box.node.scrollLeft = scrolled[index].left;
  });
  if (focused) refocus(focused === drawn ? fresh : twin(fresh, focused), fresh, caret);
}

const focusKey = (node) => node.dataset.focusKey ?? "";
const sideways = (node) =>
  [...node.querySelectorAll("[data-scrolls]")].map((box) => ({ node: box, left: box.scrollLeft }));

function twin(fresh, focused) {
  const all = [...fresh.querySelectorAll("[data-focus-key]")];
  const key = focusKey(focused);
  return (
    all.find((node) => focusKey(node) === key) ??
    all.find((node) => actionOf(node) && actionOf(node) === actionOf(focused))
  );
}

// A message that is sent again without block ids gets new ones from Slack: the action id alone still tells who is who.
const actionOf = (node) => node.dataset.action;

function refocus(node, fresh, caret) {
  const target = node ?? (fresh.tabIndex >= 0 || fresh.hasAttribute("tabindex") ? fresh : null);
  target?.focus({ preventScroll: true });
  if (caret !== null && target && "setSelectionRange" in target && typeof target.selectionStart === "number")
    target.setSelectionRange(caret, caret);
}
