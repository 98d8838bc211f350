// Slack's date tokens in the reader's own time zone: https://docs.slack.dev/messaging/formatting-message-text/#date-formatting

const DAY = 86_400_000;
const twelve = /h1[12]/.test(new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions().hourCycle);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

// Making a formatter costs more than drawing a message: each is made once.
const formatters = new Map();

function part(date, options, locale = "en-US") {
  const key = `${locale} ${Object.entries(options)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, options));
  return formatters.get(key).format(date);
}

const pad = (number) => String(number).padStart(2, "0");
const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

function ordinal(day) {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${teen ? "th" : (["th", "st", "nd", "rd"][day % 10] ?? "th")}`;
}

/** "12:47 PM" or "12:47", as the reader's browser prefers. */
export function clock(date, seconds = false) {
  const hour = twelve ? "numeric" : "2-digit";
  const options = { hour, minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}) };
  return part(date, options, twelve ? "en-US" : "en-GB");
}

const long = (date) => `${part(date, { month: "long" })} ${ordinal(date.getDate())}, ${date.getFullYear()}`;
const short = (date) => part(date, { month: "short", day: "numeric", year: "numeric" });
const longest = (date) => `${part(date, { weekday: "long" })}, ${long(date)}`;

function pretty(plain) {
  return (date, now) => {
    const days = Math.round((startOfDay(date) - startOfDay(now)) / DAY);
    return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? plain(date);
  };
}

/** "3 minutes ago", "in 2 hours", "just now". */
export function ago(date, now) {
  const seconds = Math.round((now - date) / 1000);
  const [size, unit] = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ].find(([least]) => Math.abs(seconds) >= least) ?? [1, ""];
  if (!unit) return seconds < 0 ? "in a moment" : "just now";
  const count = Math.floor(Math.abs(seconds) / size);
  const words = `${count} ${unit}${count === 1 ? "" : "s"}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

const TOKENS = {
  date_num: (date) => `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`,
  date_slash: (date) => `${pad(date.getMonth() + 1)}/${pad(date.getDate())}/${date.getFullYear()}`,
  date: long,
  date_short: short,
  date_long: longest,
  date_long_full: longest,
  date_pretty: pretty(long),
  date_short_pretty: pretty(short),
  date_long_pretty: pretty(longest),
  day_divider_pretty: pretty((date) => part(date, { weekday: "long", month: "long", day: "numeric" })),
  time: (date) => clock(date),
  time_secs: (date) => clock(date, true),
  ago,
};

/** "{date_short_pretty} at {time}" → "Today at 12:47 PM"; null when the format holds no known token. */
export function formatDate(epoch, format, now = Date.now()) {
  const date = new Date(Number(epoch) * 1000);
  if (Number.isNaN(date.getTime()) || !/\{[a-z_]+\}/.test(format)) return null;
  let known = true;
  const text = format.replace(/\{([a-z_]+)\}/g, (all, token) => {
    known &&= Object.hasOwn(TOKENS, token);
    return known ? TOKENS[token](date, new Date(now)) : all;
  });
  return known
    ? text.replace(/^[a-z]/, (letter) => (/^\{da/.test(format) ? letter.toUpperCase() : letter))
    : null;
}

/** For a title: everything, to the second, with the zone. */
export const fullTime = (date) =>
  `${longest(date)} at ${clock(date, true)} (${zone})`;

/** "Today", "Yesterday", "Friday, November 20": what stands between two days of messages. */
export const dayName = (date, now = Date.now()) => formatDate(date / 1000, "{day_divider_pretty}", now);
