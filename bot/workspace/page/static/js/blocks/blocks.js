// Block Kit's blocks by type. https://docs.slack.dev/reference/block-kit/blocks

import { h, icon } from "../core/dom.js";
import { drawElement } from "../elements/elements.js";
import { fileCard } from "../messages/files.js";
import { link } from "../text/links.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/rich.js";
import { plainText, textObject } from "../text/text_object.js";
import { image } from "./image.js";
import { input } from "./input.js";
import { table } from "./table.js";

const LEVELS = {
  error: "cross",
  warning: "warning",
  success: "check-box",
  info: "information",
  default: "information",
};

function section(block, scope) {
  const place = { scope, blockId: block.block_id };
  return h(
    "div",
    { class: block.accessory ? "section section-with-accessory" : "section" },
    h(
      "div",
      { class: "section-main" },
      block.text && textObject(block.text, scope.names),
      block.fields &&
        h(
          "div",
          { class: "section-fields" },
          block.fields.map((field) => textObject(field, scope.names)),
        ),
    ),
    block.accessory && h("div", { class: "section-accessory" }, drawElement(block.accessory, place)),
  );
}

const actions = (block, scope) =>
  h(
    "div",
    { class: "actions", role: "group", "aria-label": "Actions" },
    block.elements.map((element) => drawElement(element, { scope, blockId: block.block_id })),
  );

function context(block, scope) {
  const item = (element) =>
    element.type === "image"
      ? drawElement(element, { scope, blockId: block.block_id })
      : textObject(element, scope.names);
  return h("div", { class: "context" }, block.elements.map(item));
}

function video(block, { names }) {
  return h(
    "div",
    { class: "card" },
    icon("ui-play"),
    h(
      "div",
      {},
      link(block.title_url ?? block.video_url, plainText(block.title, names)),
      block.description && h("p", { class: "quiet" }, plainText(block.description, names)),
      block.provider_name && h("p", { class: "quiet" }, block.provider_name),
    ),
  );
}

const DRAW = {
  section,
  actions,
  context,
  context_actions: actions,
  divider: () => h("hr"),
  header: (block, { names }) => h("h3", { class: "header-text" }, plainText(block.text, names)),
  image,
  input,
  table,
  video,
  file: (block, { fileOf }) => fileCard(fileOf(block)),
  markdown: (block, { names }) => h("div", { class: "text" }, markdown(block.text, names)),
  rich_text: (block, { names }) => h("div", { class: "text rich" }, richText(block, names)),
  alert: (block, { names }) =>
    h(
      "div",
      { class: `alert alert-${block.level ?? "default"}`, role: "note" },
      icon(LEVELS[block.level] ?? "information"),
      textObject(block.text, names),
    ),
};

/**
 * Nodes for a list of blocks. `scope` is what they live in (a message, a form, the home tab): {names, directory, act, keep,
 * choose, choice, suggest, pendingKey, isPending, fileUrl, fileOf}.
 */
export const drawBlocks = (blocks, scope) =>
  blocks.map((block) => {
    const draw = DRAW[block.type];
    return h(
      "div",
      { class: `block block-${block.type}` },
      draw
        ? draw(block, scope)
        : h("p", { class: "quiet" }, `A “${block.type}” block, which is not shown here.`),
    );
  });
