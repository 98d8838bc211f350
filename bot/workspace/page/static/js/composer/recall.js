// One's own last lines, for the up-arrow; they outlive a reload of the tab.

const KEPT = 50;

/** {add(line), step(direction, current) → line or null}: -1 goes back in time, 1 forward to what was being typed. */
export function recall(person) {
  const place = `wavewarden/lines/${person}`;
  const lines = JSON.parse(sessionStorage.getItem(place) ?? "[]");
  let at = lines.length;
  let draft = "";
  return { add, step };

  function add(line) {
    if (lines.at(-1) !== line) lines.push(line);
    lines.splice(0, lines.length - KEPT);
    at = lines.length;
    sessionStorage.setItem(place, JSON.stringify(lines));
  }

  function step(direction, current) {
    const to = at + direction;
    if (to < 0 || to > lines.length) return null;
    if (at === lines.length) draft = current;
    at = to;
    return at === lines.length ? draft : lines[at];
  }
}
