// Staying where one reads: at the newest while one is there, at the same line while one is not.

import { soon } from "../core/frames.js";

const NEAR = 40; // pixels that still count as "at the end"

/** Follow `box` (which scrolls) and its `inner` list; `onchange(stuck)` when the reader leaves or reaches the end. */
export function follow(box, inner, onchange) {
  let stuck = true;
  let top = 0;
  let height = 0;
  box.addEventListener("scroll", moved, { passive: true });
  new ResizeObserver(() => stuck && soon(toEnd)).observe(inner);
  return { toEnd, keepingPlace, isStuck: () => stuck, stick };

  function atEnd() {
    return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
  }

  /** Only the reader's own way up leaves the end: heights that settle (pictures, windowed messages) do not. */
  function moved() {
    const up = box.scrollTop < top - 1 && box.scrollHeight === height;
    top = box.scrollTop;
    height = box.scrollHeight;
    if (atEnd()) set(true);
    else if (up) set(false);
  }

  function set(value) {
    if (stuck === value) return;
    stuck = value;
    onchange(stuck);
  }

  function stick() {
    set(true);
    toEnd();
  }

  function toEnd() {
    box.scrollTop = box.scrollHeight;
    height = box.scrollHeight;
    top = box.scrollTop;
  }

  /** Draw; then be at the end again, or have the first line one saw at the same height. */
  function keepingPlace(draw) {
    if (stuck) {
      draw();
      toEnd();
      return;
    }
    const edge = box.getBoundingClientRect().top;
    const seen = [...inner.children].find((node) => node.getBoundingClientRect().bottom > edge);
    const key = seen?.dataset.key;
    const offset = seen?.getBoundingClientRect().top;
    draw();
    const same = key && [...inner.children].find((node) => node.dataset.key === key);
    if (same) box.scrollTop += same.getBoundingClientRect().top - offset;
    height = box.scrollHeight;
    top = box.scrollTop;
  }
}
