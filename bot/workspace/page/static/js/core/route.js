// Where one is, kept in the address: #/C0OPS, #/C0OPS/171.5 (a thread), #/home, #/ (the list, on a narrow window).

/** {pane: "list"|"channel"|"home", channel, thread} */
export function parseRoute(hash) {
  const [, place = "", thread = null] = hash.replace(/^#/, "").split("/");
  if (place === "home") return { pane: "home", channel: null, thread: null };
  if (!/^[CDG][A-Z0-9]+$/.test(place)) return { pane: "list", channel: null, thread: null };
  return { pane: "channel", channel: place, thread: /^\d+\.\d+$/.test(thread ?? "") ? thread : null };
}

export const routeTo = (channel, thread = null) => (thread ? `#/${channel}/${thread}` : `#/${channel}`);

export function go(hash) {
  if (location.hash !== hash) location.hash = hash;
}
