// Secondary attachments: a coloured bar beside blocks or text.

import { drawBlocks } from "../blocks/blocks.js";
import { h } from "../core/dom.js";
import { textObject } from "../text/text_object.js";

const NAMED = { good: "#2f9e6a", warning: "#d99a1c", danger: "#d1434b" };

export const drawAttachments = (attachments, scope) =>
  attachments.map((attachment) => {
    const box = h("div", { class: "attachment" }, content(attachment, scope));
    const colour = NAMED[attachment.color] ?? (attachment.color && `#${attachment.color.replace("#", "")}`);
    if (/^#[0-9a-f]{6}$/i.test(colour ?? "")) box.style.borderInlineStartColor = colour;
    return box;
  });

function content(attachment, scope) {
  if (attachment.blocks) return drawBlocks(attachment.blocks, scope);
  return textObject({ type: "mrkdwn", text: attachment.text ?? attachment.fallback ?? "" }, scope.names);
}
