// A tree of text (from mrkdwn, markdown or rich_text) as nodes. `names` looks ids up: {user, channel, usergroup, me, now}.

import { h } from "../core/dom.js";
import { formatDate, fullTime } from "./dates.js";
import { emoji, withEmoji } from "./emoji.js";
import { unescape } from "./entities.js";
import { link } from "./links.js";

const plain = (tag) => (node, names) => h(tag, {}, inline(node.children, names));

const DRAW = {
  text: (node) => lines(unescape(node.text)),
  bold: plain("strong"),
  italic: plain("em"),
  strike: plain("s"),
  underline: plain("u"),
  code: plain("code"),
  link: (node, names) => link(node.url, node.children ? inline(node.children, names) : withEmoji(node.label)),
  emoji: (node) => emoji(node.name),
  user: (node, names) =>
    mention(`@${names.user(node.id) ?? node.label?.replace(/^@/, "") ?? node.id}`, node.id === names.me),
  channel: (node, names) =>
    h("a", { class: "mention", href: `#/${node.id}` }, `#${names.channel(node.id) ?? node.label ?? node.id}`),
  usergroup: (node, names) =>
    mention(
      `@${names.usergroup(node.id)?.handle ?? node.label?.replace(/^@/, "") ?? node.id}`,
      names.usergroup(node.id)?.users?.includes(names.me),
    ),
  broadcast: (node) => mention(`@${node.range}`, true),
  date,
  color: (node) => h("span", { class: "colour" }, swatch(node.value), node.value),
};

/** Nodes for a run of text. */
export const inline = (children, names) => children.map((node) => DRAW[node.type](node, names));

/** Nodes for whole blocks: paragraphs, quotes, code. */
export function blocks(tree, names) {
  return tree.map(({ type, children }) => {
    if (type === "pre")
      return h(
        "pre",
        { class: "code", tabindex: "0", "aria-label": "Code", dataset: { scrolls: "" } },
        h("code", {}, inline(children, names)),
      );
    return h(type === "quote" ? "blockquote" : "p", {}, inline(children, names));
  });
}

const lines = (text) =>
  text.split("\n").flatMap((line, index) => (index ? [h("br"), ...withEmoji(line)] : withEmoji(line)));
const mention = (text, own) => h("span", { class: own ? "mention mention-me" : "mention" }, text);

function date(node, names) {
  const text = formatDate(node.epoch, node.format, names.now());
  if (text === null) return node.fallback;
  const at = new Date(Number(node.epoch) * 1000);
  const live = node.format.includes("{ago}") ? { format: node.format } : {};
  const time = h("time", { datetime: at.toISOString(), title: fullTime(at), dataset: live }, text);
  return node.url ? link(node.url, time) : time;
}

function swatch(value) {
  const box = h("span", { class: "swatch", "aria-hidden": "true" });
  box.style.backgroundColor = /^#[0-9a-f]{6}$/i.test(value) ? value : "transparent";
  return box;
}
