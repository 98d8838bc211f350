// Inline Markdown as the same tree that mrkdwn makes: strong, emphasis, strike, code, links, emoji.

import { isEmoji } from "./emoji.js";
import { safeAddress } from "./links.js";

const DEEPEST = 8;

// [pattern at this place, node made of the match]; tried in this order
const RULES = [
  [/\\([\\`*_{}[\]()#+\-.!~|>])/y, ([, sign]) => text(sign)],
  [
    /(`+)([^`]|[^`][\s\S]{0,2000}?[^`])\1(?!`)/y,
    ([, , code]) => ({ type: "code", children: [text(code.trim())] }),
  ],
  [
    /!?\[([^\]\n]{0,1000})\]\(([^()\s]{1,2000})(?:\s+"[^"\n]*")?\)/y,
    ([all, label, url], depth) => anchor(all, label, url, depth),
  ],
  [/<(https?:\/\/[^<>\s]+|mailto:[^<>\s]+)>/y, ([, url]) => ({ type: "link", url, label: url })],
  [/https?:\/\/[^\s<>|`"]*[^\s<>|`"*_~.,:;!?'()\]]/y, ([url]) => ({ type: "link", url, label: url })],
  [/(\*\*|__)(?=\S)([\s\S]{0,4000}?\S)\1/y, ([, , inside], depth) => styled("bold", inside, depth)],
  [/~~(?=\S)([\s\S]{0,4000}?\S)~~/y, ([, inside], depth) => styled("strike", inside, depth)],
  [/\*(?=[^\s*])([^*]{0,4000}?[^\s*])\*/y, ([, inside], depth) => styled("italic", inside, depth)],
  [
    /(?<![\p{L}\p{N}])_(?=[^\s_])([^_]{0,4000}?[^\s_])_(?![\p{L}\p{N}])/uy,
    ([, inside], depth) => styled("italic", inside, depth),
  ],
  [/:([a-z0-9_+'-]{1,60}):/y, ([, name]) => (isEmoji(name) ? { type: "emoji", name } : null)],
];

const text = (value) => ({ type: "text", text: value.replace(/&/g, "&amp;") });
const styled = (type, inside, depth) => ({ type, children: parseMarkdownInline(inside, depth + 1) });

function anchor(all, label, url, depth) {
  return safeAddress(url)
    ? { type: "link", url, children: parseMarkdownInline(label || url, depth + 1) }
    : text(all);
}

/** Text already free of Slack's escapes: what is typed is what is meant. */
export function parseMarkdownInline(source, depth = 0) {
  const nodes = [];
  for (let at = 0; at < source.length;) {
    const [node, end] = depth < DEEPEST ? match(source, at, depth) : [text(source.slice(at)), source.length];
    nodes.push(node);
    at = end;
  }
  return nodes;
}

function match(source, at, depth) {
  for (const [pattern, make] of RULES) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    const end = pattern.lastIndex;
    const node = found && make(found, depth);
    if (node) return [node, end];
  }
  const special = /[\\`!<[*_~:h]/g;
  special.lastIndex = at + 1;
  const end = special.exec(source)?.index ?? source.length;
  return [text(source.slice(at, end)), end];
}
