// Drawing once an animation frame, however many events came in between; never under a finger that is pressing.

const waiting = new Set();
let asked = false;
let pressing = false;

/** Run `draw` in the next frame; asked for twice, it still runs once. A hidden tab gets no frames, so it draws four times a second. */
export function soon(draw) {
  waiting.add(draw);
  ask();
}

function ask() {
  if (asked || pressing || !waiting.size) return;
  asked = true;
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function flush() {
  asked = false;
  if (pressing) return;
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) draw();
}

// A button that is drawn anew between press and release gets no click: what is to be drawn waits for the release.
document.addEventListener(
  "pointerdown",
  ({ target }) => {
    pressing = target.closest("button, a, label, summary, [role=option]") !== null;
  },
  true,
);
for (const end of ["pointerup", "pointercancel", "dragend", "blur"]) {
  window.addEventListener(end, () => setTimeout(released)); // a blur that does not bubble here is the window's own
}

function released() {
  pressing = false;
  ask();
}
