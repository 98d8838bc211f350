// rich_text blocks: sections, lists, quotes, preformatted text and their elements.
// https://docs.slack.dev/reference/block-kit/blocks/rich-text-block

import { h } from "../core/dom.js";
import { escape } from "./entities.js";
import { isEmoji } from "./emoji.js";
import { inline } from "./tree.js";

const literal = (text) => ({ type: "text", text: escape(text) });

// a rich_text element → a node of the text tree
const ELEMENTS = {
  text: (element) => literal(element.text),
  link: (element) => ({ type: "link", url: element.url, label: element.text || element.url }),
  emoji: (element) =>
    isEmoji(element.name) ? { type: "emoji", name: element.name } : literal(`:${element.name}:`),
  user: (element) => ({ type: "user", id: element.user_id }),
  channel: (element) => ({ type: "channel", id: element.channel_id }),
  usergroup: (element) => ({ type: "usergroup", id: element.usergroup_id }),
  team: (element) => literal(element.team_id),
  broadcast: (element) => ({ type: "broadcast", range: element.range }),
  color: (element) => ({ type: "color", value: element.value }),
  date: (element) => ({
    type: "date",
    epoch: element.timestamp,
    format: element.format,
    url: element.url ?? null,
    fallback: element.fallback ?? "",
  }),
};

const STYLES = ["code", "bold", "italic", "strike", "underline"];

function node(element) {
  const plain = (ELEMENTS[element.type] ?? (() => literal("")))(element);
  const styles = STYLES.filter((style) => element.style?.[style]);
  return styles.reduce((inner, type) => ({ type, children: [inner] }), plain);
}

const run = (elements, names) => inline(elements.map(node), names);

const PARTS = {
  rich_text_section: (part, names) => h("p", {}, run(part.elements, names)),
  rich_text_quote: (part, names) => h("blockquote", {}, run(part.elements, names)),
  rich_text_preformatted: (part, names) =>
    h(
      "pre",
      { class: "code", tabindex: "0", "aria-label": "Code", dataset: { scrolls: "" } },
      h("code", {}, run(part.elements, names)),
    ),
  rich_text_list: (part, names) =>
    h(
      part.style === "ordered" ? "ol" : "ul",
      { class: `indent-${part.indent ?? 0}`, start: part.offset ? part.offset + 1 : null },
      part.elements.map((item) => h("li", {}, run(item.elements, names))),
    ),
};

/** Nodes of a whole rich_text block. */
export const richText = (block, names) =>
  block.elements.map((part) => PARTS[part.type]?.(part, names) ?? null);
