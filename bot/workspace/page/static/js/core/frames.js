// Drawing once an animation frame, however many events came in between.

const waiting = new Set();
let asked = false;

/** Run `draw` in the next frame; asked for twice, it still runs once. A hidden tab gets no frames, so it draws four times a second. */
export function soon(draw) {
  waiting.add(draw);
  if (asked) return;
  asked = true;
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function flush() {
  asked = false;
  const draws = [...waiting];
  waiting.clear();
  for (const draw of draws) draw();
}
