// What could be meant by the word at the caret: commands, people and groups, channels, emoji.

import { emoji, emojiNames } from "../text/emoji.js";

const MOST = 8;

/**
 * {from, to, entries: [{insert, label, note, mark}]} for the word at the caret, or null. `inThread` leaves commands out, since
 * Slack allows none there.
 */
export function complete(state, text, caret, { inThread }) {
  const before = text.slice(0, caret);
  const [from, entries] = command(state, before, inThread) ??
    person(state, before) ??
    channel(state, before) ??
    shortName(before) ?? [0, []];
  return entries.length ? { from, to: caret, entries: entries.slice(0, MOST) } : null;
}

/** The usage of the command that was begun: {command, usage, description}, or null. */
export function usage(state, text) {
  const word = /^(\/\S+)(\s|$)/.exec(text)?.[1];
  return state.commands.find((entry) => entry.command === word) ?? null;
}

function command(state, before, inThread) {
  if (inThread || !/^\/\S*$/.test(before)) return null;
  const found = state.commands.filter((entry) => entry.command.startsWith(before.toLowerCase()));
  return [
    0,
    found.map((entry) => ({
      insert: `${entry.command} `,
      label: `${entry.command} ${entry.usage_hint ?? ""}`.trim(),
      note: entry.description,
      exact: entry.command === before,
    })),
  ];
}

function person(state, before) {
  const word = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (!word) return null;
  const wanted = word[1].toLowerCase();
  const people = [...state.people.values()].map((one) => ({
    handle: one.name,
    label: one.real_name ?? one.name,
    note: one.is_bot ? "App" : one.title,
  }));
  const groups = [...state.groups.values()].map((group) => ({
    handle: group.handle,
    label: group.name,
    note: "Group",
  }));
  const found = [...people, ...groups].filter((one) =>
    `${one.handle} ${one.label}`
      .toLowerCase()
      .split(/\s+/)
      .some((part) => part.startsWith(wanted)),
  );
  return [
    before.length - wanted.length - 1,
    found.map((one) => ({
      insert: `@${one.handle} `,
      label: one.label,
      note: `@${one.handle}${one.note ? ` · ${one.note}` : ""}`,
    })),
  ];
}

function channel(state, before) {
  const word = /(?:^|\s)#([\w-]*)$/.exec(before);
  if (!word) return null;
  const found = [...state.channels.values()].filter(
    (one) => !one.is_im && one.name.startsWith(word[1].toLowerCase()),
  );
  return [
    before.length - word[1].length - 1,
    found.map((one) => ({ insert: `#${one.name} `, label: `#${one.name}`, note: one.topic })),
  ];
}

function shortName(before) {
  const word = /(?:^|\s):([a-z0-9_+-]{2,})$/.exec(before);
  if (!word) return null;
  const found = emojiNames()
    .filter((name) => name.includes(word[1]))
    .sort((a, b) => a.indexOf(word[1]) - b.indexOf(word[1]) || a.length - b.length);
  return [
    before.length - word[1].length - 1,
    found.map((name) => ({ insert: `:${name}: `, label: `:${name}:`, mark: emoji(name) })),
  ];
}
