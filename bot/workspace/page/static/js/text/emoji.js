// :short_names: and characters, drawn by us where a glance must suffice, by the reader's font elsewhere.

import { h, icon } from "../core/dom.js";
import { DRAWN, NAMES } from "./emoji_table.js";

// Of several names for one character the first in the table is the one to tell.
const byCharacter = new Map(
  Object.keys(DRAWN)
    .reverse()
    .map((name) => [NAMES[name].replace("\ufe0f", ""), name]),
);
const DRAWN_CHARACTER = new RegExp(`(?:${[...byCharacter.keys()].join("|")})\\ufe0f?`, "gu");

export const isEmoji = (name) => Object.hasOwn(NAMES, name);

/** One emoji with its name for a screen reader; large when it stands alone. */
export function emoji(name) {
  const attributes = {
    class: "emoji",
    role: "img",
    "aria-label": name.replaceAll("_", " "),
    title: `:${name}:`,
  };
  return h("span", attributes, Object.hasOwn(DRAWN, name) ? icon(DRAWN[name]) : NAMES[name]);
}

/** Text as nodes, its emoji characters drawn as the short names are. */
export function withEmoji(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(DRAWN_CHARACTER)) {
    nodes.push(text.slice(from, match.index), emoji(byCharacter.get(match[0].replace("\ufe0f", ""))));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes.filter((node) => node !== "");
}

export const emojiNames = () => Object.keys(NAMES);
