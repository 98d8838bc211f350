// Images: shown when they are our own, a link with its words when they lie elsewhere (the page never reaches out).

import { h } from "../core/dom.js";
import { link, ownImage } from "../text/links.js";
import { plainText } from "../text/text_object.js";

/** The image block, with its title. */
export function image(block, { names, fileUrl }) {
  const address = block.image_url ?? fileUrl(block.slack_file);
  const title = block.title && h("figcaption", { class: "image-title" }, plainText(block.title, names));
  return h("figure", { class: "image" }, title, picture(address, block.alt_text, "image-picture"));
}

/** The image element: an accessory, or an avatar-like mark in a context. */
export function imageElement(element, { scope }) {
  return picture(element.image_url ?? scope.fileUrl(element.slack_file), element.alt_text, "image-small");
}

export function picture(address, alt, look) {
  const own = address && ownImage(address);
  if (!own)
    return h(
      "span",
      { class: "image-elsewhere" },
      address ? link(address, `Image: ${alt || address}`) : `Image: ${alt}`,
    );
  const img = h("img", { src: own, alt, class: look, loading: "lazy", decoding: "async" });
  return look === "image-picture"
    ? h("a", { href: own, target: "_blank", rel: "noopener noreferrer" }, img)
    : img;
}
