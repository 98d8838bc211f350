// Slack's mrkdwn as a tree. Only what Slack knows; everything else stays the text it is.
// https://docs.slack.dev/messaging/formatting-message-text/

import { isEmoji } from "./emoji.js";
import { unescape } from "./entities.js";

const STYLES = { "*": "bold", _: "italic", "~": "strike" };
const WORD = /[\p{L}\p{N}]/u;
const ANGLE = /<([^<>\n]{1,3000})>/y;
const EMOJI = /:([a-z0-9_+'-]{1,60}):(?::skin-tone-[2-6]:)?/y;
const ADDRESS = /https?:\/\/[^\s<>|`"]*[^\s<>|`"*_~.,:;!?'()\]]/y;
const DEEPEST = 8;

/** [{type: "pre"|"quote"|"text", …}]: fences first, since nothing inside one means anything. */
export function parse(text) {
  const blocks = [];
  let from = 0;
  for (const fence of text.matchAll(/```(?!`)\n?([^]+?)\n?```/g)) {
    blocks.push(...proseBlocks(text.slice(from, fence.index).replace(/\n$/, "")));
    blocks.push({ type: "pre", children: parseCode(fence[1]) });
    from = fence.index + fence[0].length;
    if (text[from] === "\n") from += 1;
  }
  return [...blocks, ...proseBlocks(text.slice(from))];
}

function proseBlocks(text) {
  if (text === "") return [];
  const blocks = [];
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const quote = /^(?:&gt;|>)(&gt;&gt;|>>)? ?/.exec(line);
    if (quote?.[1])
      return [...blocks, quoted([line.slice(quote[0].length), ...lines.slice(index + 1)].join("\n"))];
    gather(blocks, quote ? "quote" : "text", quote ? line.slice(quote[0].length) : line);
  }
  return blocks.map((block) => ({ type: block.type, children: parseInline(block.lines.join("\n")) }));

  function quoted(rest) {
    return { type: "quote", lines: [rest], children: parseInline(rest) };
  }
}

function gather(blocks, type, line) {
  if (blocks.at(-1)?.type === type) blocks.at(-1).lines.push(line);
  else blocks.push({ type, lines: [line] });
}

/** Inside code only links and mentions are still read, as Slack does. */
function parseCode(text) {
  const nodes = [];
  for (let at = 0; at < text.length;) at = angle(text, at, nodes) ?? literal(text, at, nodes);
  return nodes;
}

/** [{type: "text", text}, {type: "bold", children}, {type: "link", url, children}, …] */
export function parseInline(text, depth = 0) {
  const nodes = [];
  const hopeless = {}; // style → end of the line known to hold no closing mark: keeps hostile text linear
  for (let at = 0; at < text.length;) {
    at =
      code(text, at, nodes) ??
      angle(text, at, nodes) ??
      shortName(text, at, nodes) ??
      bareAddress(text, at, nodes) ??
      styled(text, at, nodes, depth, hopeless) ??
      literal(text, at, nodes);
  }
  return nodes;
}

function literal(text, at, nodes) {
  const special = /[`<:*_~hH]/g;
  special.lastIndex = at + 1;
  const end = special.exec(text)?.index ?? text.length;
  pushText(nodes, text.slice(at, end));
  return end;
}

function pushText(nodes, text) {
  if (nodes.at(-1)?.type === "text") nodes.at(-1).text += text;
  else nodes.push({ type: "text", text });
}

function code(text, at, nodes) {
  const match = text[at] === "`" && /`([^`\n]+)`/y;
  if (!match) return null;
  match.lastIndex = at;
  const found = match.exec(text);
  if (!found) return null;
  nodes.push({ type: "code", children: parseCode(found[1]) });
  return match.lastIndex;
}

function angle(text, at, nodes) {
  if (text[at] !== "<") return null;
  ANGLE.lastIndex = at;
  const found = ANGLE.exec(text);
  const node = found && token(found[1]);
  if (!node) return null;
  nodes.push(node);
  return at + found[0].length;
}

function token(inside) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescape(inside.slice(bar + 1));
  const mention =
    /^(?:@([UWB][A-Z0-9]+)|#([CDG][A-Z0-9]+)|!subteam\^(S[A-Z0-9]+)|!(here|channel|everyone))$/.exec(target);
  if (mention) return mentionOf(mention, label);
  if (target.startsWith("!date^")) return dateOf(target, label ?? "");
  if (!/^(?:https?:\/\/|mailto:)/i.test(target)) return null;
  return { type: "link", url: unescape(target), label: label || unescape(target).replace(/^mailto:/i, "") };
}

function mentionOf([, user, channel, group, all], label) {
  if (user) return { type: "user", id: user, label };
  if (channel) return { type: "channel", id: channel, label };
  return group ? { type: "usergroup", id: group, label } : { type: "broadcast", range: all };
}

function dateOf(target, fallback) {
  const [, epoch, format = "", url = null] = target.split("^");
  return { type: "date", epoch, format: unescape(format), url: url && unescape(url), fallback };
}

function shortName(text, at, nodes) {
  if (text[at] !== ":") return null;
  EMOJI.lastIndex = at;
  const found = EMOJI.exec(text);
  if (!found || !isEmoji(found[1])) return null;
  nodes.push({ type: "emoji", name: found[1] });
  return at + found[0].length;
}

function bareAddress(text, at, nodes) {
  if ((text[at] !== "h" && text[at] !== "H") || WORD.test(text[at - 1] ?? "")) return null;
  ADDRESS.lastIndex = at;
  const found = ADDRESS.exec(text);
  if (!found) return null;
  nodes.push({ type: "link", url: unescape(found[0]), label: unescape(found[0]) });
  return at + found[0].length;
}

function styled(text, at, nodes, depth, hopeless) {
  const mark = text[at];
  const style = STYLES[mark];
  if (!style || depth >= DEEPEST || at < (hopeless[mark] ?? 0) || !opens(text, at)) return null;
  const end = closing(text, at, mark);
  if (end === null) {
    hopeless[mark] = lineEnd(text, at);
    return null;
  }
  nodes.push({ type: style, children: parseInline(text.slice(at + 1, end), depth + 1) });
  return end + 1;
}

const opens = (text, at) =>
  !WORD.test(text[at - 1] ?? "") &&
  text[at - 1] !== text[at] &&
  /[^\s]/.test(text[at + 1] ?? " ") &&
  text[at + 1] !== text[at];

function closing(text, at, mark) {
  const end = lineEnd(text, at);
  for (let next = at + 1; next < end; next += 1) {
    next = skipped(text, next);
    if (
      text[next] === mark &&
      next > at + 1 &&
      /\S/.test(text[next - 1]) &&
      !WORD.test(text[next + 1] ?? "") &&
      text[next + 1] !== mark
    )
      return next;
  }
  return null;
}

/** Marks inside code and links close nothing. */
function skipped(text, at) {
  for (const pattern of [/`[^`\n]+`/y, /<[^<>\n]+>/y]) {
    pattern.lastIndex = at;
    if ((text[at] === "`" || text[at] === "<") && pattern.test(text)) return pattern.lastIndex;
  }
  return at;
}

function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
