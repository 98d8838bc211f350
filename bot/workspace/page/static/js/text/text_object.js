// Slack's text objects: {"type": "mrkdwn"|"plain_text", "text": …}.

import { h } from "../core/dom.js";
import { parse } from "./mrkdwn.js";
import { isEmoji } from "./emoji.js";
import { blocks, inline } from "./tree.js";

/** A block of text, as it stands in a message or a section. */
export function textObject(object, names) {
  if (object.type === "plain_text") return h("div", { class: "text" }, h("p", {}, plainText(object, names)));
  const tree = parse(object.text);
  return h("div", { class: onlyEmoji(tree) ? "text text-jumbo" : "text" }, blocks(tree, names));
}

/** One line of plain_text: short names become emoji, nothing else does. */
export function plainText(object, names) {
  const nodes = [];
  let from = 0;
  for (const match of object.text.matchAll(/:([a-z0-9_+'-]{1,60}):/g)) {
    if (object.emoji === false || !isEmoji(match[1])) continue;
    nodes.push(
      { type: "text", text: object.text.slice(from, match.index) },
      { type: "emoji", name: match[1] },
    );
    from = match.index + match[0].length;
  }
  return inline([...nodes, { type: "text", text: object.text.slice(from) }], names);
}

/** The words alone, for names and titles. */
export const words = (object) => object?.text ?? "";

function onlyEmoji(tree) {
  const children = tree.length === 1 && tree[0].type === "text" ? tree[0].children : [];
  return (
    children.length > 0 &&
    children.length <= 6 &&
    children.every((node) => node.type === "emoji" || node.text?.trim() === "")
  );
}
