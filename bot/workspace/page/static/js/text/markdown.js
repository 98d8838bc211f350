// The `markdown` block: standard Markdown, the part Slack documents (https://docs.slack.dev/reference/block-kit/blocks/markdown-block).

import { h } from "../core/dom.js";
import { parseMarkdownInline } from "./markdown_inline.js";
import { inline } from "./tree.js";

const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

/** Nodes for a whole Markdown text. */
export function markdown(text, names, depth = 0) {
  const nodes = [];
  const lines = text.split("\n");
  for (let at = 0; at < lines.length;) {
    const [, , read] = BLOCKS.find(([, starts]) => starts(lines[at], lines[at + 1]));
    at = read(lines, at, nodes, names, depth);
  }
  return nodes;
}

const DEEPEST = 8;
const FENCE = /^\s*(```+|~~~+)\s*(\S*)\s*$/;
const ROW = /\|/;
const RULE_ROW = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

// [name, starts(line, next), read(lines, at, nodes, names) → the line after it]
const BLOCKS = [
  ["blank", (line) => line.trim() === "", (lines, at) => at + 1],
  ["fence", (line) => FENCE.test(line), fence],
  ["heading", (line) => /^#{1,6}\s+\S/.test(line), heading],
  [
    "rule",
    (line) => /^\s*([-*_])(\s*\1){2,}\s*$/.test(line),
    (lines, at, nodes) => (nodes.push(h("hr")), at + 1),
  ],
  [
    "table",
    (line, next) => ROW.test(line) && next !== undefined && ROW.test(next) && RULE_ROW.test(next),
    table,
  ],
  ["quote", (line) => /^\s*>/.test(line), quote],
  ["list", (line) => ITEM.test(line), list],
  ["paragraph", () => true, paragraph],
];

const run = (text, names) => inline(parseMarkdownInline(text), names);

function fence(lines, at, nodes) {
  const mark = FENCE.exec(lines[at])[1];
  let end = at + 1;
  while (end < lines.length && !lines[end].trim().startsWith(mark)) end += 1;
  nodes.push(
    h(
      "pre",
      { class: "code", tabindex: "0", "aria-label": "Code", dataset: { scrolls: "" } },
      h("code", {}, lines.slice(at + 1, end).join("\n")),
    ),
  );
  return end + 1;
}

function heading(lines, at, nodes, names) {
  const [, marks, text] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(lines[at]);
  nodes.push(
    h(`h${Math.min(marks.length + 2, 6)}`, { class: `markdown-h${marks.length}` }, run(text, names)),
  );
  return at + 1;
}

function quote(lines, at, nodes, names, depth) {
  let end = at;
  while (end < lines.length && /^\s*>/.test(lines[end])) end += 1;
  const inside = lines
    .slice(at, end)
    .map((line) => line.replace(/^\s*> ?/, ""))
    .join("\n");
  nodes.push(h("blockquote", {}, depth < DEEPEST ? markdown(inside, names, depth + 1) : inside));
  return end;
}

function paragraph(lines, at, nodes, names) {
  let end = at + 1;
  while (
    end < lines.length &&
    BLOCKS.find(([, starts]) => starts(lines[end], lines[end + 1]))[0] === "paragraph"
  )
    end += 1;
  nodes.push(h("p", {}, run(lines.slice(at, end).join("\n"), names)));
  return end;
}

function list(lines, at, nodes, names, depth) {
  const [, indent, bullet] = ITEM.exec(lines[at]);
  const items = h(/\d/.test(bullet) ? "ol" : "ul", {
    start: /\d/.test(bullet) ? parseInt(bullet, 10) : null,
  });
  let end = at;
  while (end < lines.length && lines[end].trim() !== "") {
    const item = ITEM.exec(lines[end]);
    if (item && item[1].length < indent.length) break;
    if (item && item[1].length > indent.length && depth < DEEPEST)
      end = nested(lines, end, items, names, depth);
    else end = (item ? addItem(items, item, names) : continueItem(items, lines[end], names), end + 1);
  }
  nodes.push(items);
  return end;
}

function nested(lines, at, items, names, depth) {
  const inner = [];
  const end = list(lines, at, inner, names, depth + 1);
  items.lastElementChild.append(...inner);
  return end;
}

function addItem(items, [, , , ticked, text], names) {
  const box =
    ticked === undefined
      ? null
      : h(
          "span",
          { class: "task", role: "img", "aria-label": ticked === " " ? "open" : "done" },
          ticked === " " ? "☐ " : "☑ ",
        );
  items.append(h("li", {}, box, run(text, names)));
}

function continueItem(items, line, names) {
  items.lastElementChild.append(" ", ...run(line.trim(), names).flat(Infinity));
}

const cells = (line) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));

function table(lines, at, nodes, names) {
  let end = at + 2;
  while (end < lines.length && ROW.test(lines[end])) end += 1;
  const row = (line, tag) =>
    h(
      "tr",
      {},
      cells(line).map((cell) => h(tag, { scope: tag === "th" ? "col" : null }, run(cell, names))),
    );
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  nodes.push(
    h(
      "div",
      { class: "table-box", tabindex: "0", role: "region", "aria-label": "Table", dataset: { scrolls: "" } },
      h("table", {}, h("thead", {}, row(lines[at], "th")), h("tbody", {}, body)),
    ),
  );
  return end;
}
