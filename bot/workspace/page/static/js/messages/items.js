// What stands in a list of messages: days, the line where the unread begins, messages, private sentences.

import { dropNotice } from "../core/events.js";
import { now } from "../core/store.js";
import { h, icon } from "../core/dom.js";
import { dayName } from "../text/dates.js";
import { drawMessage } from "./message.js";
import { dateOf } from "./when.js";

const TOGETHER = 300; // seconds within which messages of one author stand under one name

/** Items for `reconcile`, oldest first. `place` is {channel, thread, newFrom}. */
export function listItems(client, messages, place) {
  const { state } = client.store;
  const items = [];
  let before = null;
  let newShown = false;
  for (const message of messages) {
    const newDay = !before || !sameDay(before, message);
    const isNew = !newShown && place.newFrom && message.ts > place.newFrom && message.user !== state.me.id;
    if (newDay && !place.thread) items.push(day(message, now(state)));
    if (isNew) items.push(newLine());
    const firstReply = Boolean(place.thread) && before?.ts === place.thread;
    if (firstReply) items.push(replies(messages.length - 1));
    items.push(
      messageItem(client, message, place, !newDay && !isNew && !firstReply && continues(before, message)),
    );
    newShown ||= Boolean(isNew);
    before = message;
  }
  return [...items, ...notices(client, place)];
}

function messageItem(client, message, place, continued) {
  return {
    key: `message/${message.ts}`,
    version: message,
    draw: () => drawMessage(client, place.channel, message, { inThread: Boolean(place.thread) }),
    touch: (node) => node.classList.toggle("is-continued", continued),
  };
}

const sameDay = (a, b) => dateOf(a.ts).toDateString() === dateOf(b.ts).toDateString();

function continues(a, b) {
  const same = a.user === b.user && a.bot_id === b.bot_id && a.username === b.username;
  const plain = [a, b].every(
    (message) => !message.is_ephemeral && !/^(channel|group|bot)_/.test(message.subtype ?? ""),
  );
  return (
    same &&
    plain &&
    Number(b.ts) - Number(a.ts) < TOGETHER &&
    !(b.thread_ts && b.thread_ts !== b.ts && a.thread_ts !== b.thread_ts)
  );
}

function day(message, at) {
  const label = dayName(dateOf(message.ts), at);
  return {
    key: `day/${dateOf(message.ts).toDateString()}`,
    version: label,
    draw: () => h("div", { class: "day", role: "separator", "aria-label": label }, h("span", {}, label)),
  };
}

function replies(count) {
  const label = `${count} ${count === 1 ? "reply" : "replies"}`;
  return {
    key: "replies",
    version: label,
    draw: () =>
      h("div", { class: "day day-left", role: "separator", "aria-label": label }, h("span", {}, label)),
  };
}

const newLine = () => ({
  key: "new",
  version: 1,
  draw: () =>
    h("div", { class: "new-line", role: "separator", "aria-label": "New messages" }, h("span", {}, "New")),
});

function notices({ store }, { channel, thread }) {
  return store.state.notices
    .filter((notice) => notice.channel === channel && (notice.thread ?? null) === (thread ?? null))
    .map((notice) => ({
      key: `notice/${notice.id}`,
      version: notice,
      draw: () => drawNotice(store, notice),
    }));
}

/** Slack's own words to one person: they can be put away. */
export function drawNotice(store, notice) {
  const dismiss = () => store.changed(...dropNotice(store.state, notice.id));
  return h(
    "div",
    { class: `notice notice-${notice.kind}`, role: notice.kind === "error" ? "alert" : "status" },
    icon(notice.kind === "error" ? "warning" : "information"),
    h(
      "div",
      { class: "notice-text" },
      h("p", {}, notice.text),
      notice.channel && h("p", { class: "quiet" }, "Only visible to you"),
    ),
    h(
      "button",
      { type: "button", class: "button button-icon button-quiet", "aria-label": "Dismiss", onclick: dismiss },
      icon("ui-close"),
    ),
  );
}
