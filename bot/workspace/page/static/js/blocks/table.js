// The table block: scrolls sideways inside itself.

import { h } from "../core/dom.js";
import { richText } from "../text/rich.js";

export function table(block, { names }) {
  const [head, ...body] = block.rows;
  const settings = block.column_settings ?? [];
  const row = (cells, tag) =>
    h(
      "tr",
      {},
      cells.map((cell, column) => {
        const align = settings[column]?.align ?? "left";
        const look = [`align-${align}`, settings[column]?.is_wrapped ? "is-wrapped" : ""].join(" ").trim();
        return h(tag, { class: look, scope: tag === "th" ? "col" : null }, content(cell, names));
      }),
    );
  return h(
    "div",
    { class: "table-box", role: "region", "aria-label": "Table", tabindex: "0", dataset: { scrolls: "" } },
    h(
      "table",
      {},
      h("thead", {}, row(head, "th")),
      h(
        "tbody",
        {},
        body.map((cells) => row(cells, "td")),
      ),
    ),
  );
}

const content = (cell, names) =>
  cell.type === "rich_text" ? richText(cell, names) : String(cell.text ?? cell.value ?? "");
