// A message's time: short beside it, whole in its title; and times that count on while one looks.

import { h } from "../core/dom.js";
import { ago, clock, formatDate, fullTime } from "../text/dates.js";

export const dateOf = (ts) => new Date(Number(ts) * 1000);

/** "12:47 PM", the full time in its title. */
export function timeOf(ts) {
  const at = dateOf(ts);
  return h("time", { class: "time", datetime: at.toISOString(), title: fullTime(at) }, clock(at));
}

/** "2 minutes ago", kept true by `keepCounting`. */
export function agoOf(ts, now) {
  const at = dateOf(ts);
  return h(
    "time",
    { datetime: at.toISOString(), title: fullTime(at), dataset: { format: "{ago}" } },
    ago(at, now),
  );
}

/** Bring every relative time on the page up to date twice a minute. */
export function keepCounting(now) {
  setInterval(() => {
    for (const time of document.querySelectorAll("time[data-format]")) {
      time.textContent =
        formatDate(Date.parse(time.dateTime) / 1000, time.dataset.format, now()) ?? time.textContent;
    }
  }, 30_000);
}
