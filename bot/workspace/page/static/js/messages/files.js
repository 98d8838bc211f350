// Files in a message: an image as itself, text with its first lines, the rest as a card.

import { h, icon } from "../core/dom.js";
import { ownImage, ownPath } from "../text/links.js";

const UNITS = ["bytes", "kB", "MB", "GB"];

function size(bytes) {
  if (bytes === undefined) return "";
  const step = bytes ? Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1) : 0;
  return `${step ? (bytes / 1000 ** step).toFixed(1) : bytes} ${UNITS[step]}`;
}

export const drawFiles = (files) => h("div", { class: "files" }, files.map(file));

function file(entry) {
  const own = entry.url_private && ownImage(entry.url_private);
  if (own && /^image\/(png|jpeg|gif|webp|svg\+xml)$/.test(entry.mimetype ?? "")) return imageFile(entry, own);
  return entry.preview ? textFile(entry) : fileCard(entry);
}

function imageFile(entry, address) {
  const alt = entry.alt_txt || entry.title || entry.name;
  return h(
    "figure",
    { class: "image" },
    h("figcaption", { class: "image-title" }, name(entry), " ", note(entry)),
    h(
      "a",
      { href: address, target: "_blank", rel: "noopener noreferrer" },
      h("img", { src: address, alt, class: "image-picture", loading: "lazy", decoding: "async" }),
    ),
  );
}

/** A name, a kind and a size, to be opened. */
export function fileCard(entry) {
  return h(
    "div",
    { class: "card" },
    icon("ui-file"),
    h("div", {}, name(entry), h("p", { class: "quiet" }, note(entry))),
  );
}

function textFile(entry) {
  const more = h(
    "button",
    { type: "button", class: "link-button", "aria-expanded": "false", onclick: () => toggle() },
    "Show more",
  );
  const text = h(
    "pre",
    {
      class: "code file-text",
      tabindex: "0",
      "aria-label": `First lines of ${entry.title ?? entry.name}`,
      dataset: { scrolls: "" },
    },
    h("code", {}, entry.preview),
  );
  const long = entry.preview.split("\n").length > 8;
  return h(
    "div",
    { class: "file" },
    h("div", { class: "file-head" }, icon("ui-file"), name(entry), note(entry)),
    text,
    long && more,
  );

  function toggle() {
    const open = text.classList.toggle("is-open");
    more.textContent = open ? "Show less" : "Show more";
    more.setAttribute("aria-expanded", String(open));
  }
}

function name(entry) {
  const own = entry.url_private && ownPath(entry.url_private);
  const title = entry.title || entry.name || "File";
  return own
    ? h("a", { href: own, target: "_blank", rel: "noopener noreferrer", class: "file-name" }, title)
    : h("span", { class: "file-name" }, title);
}

const note = (entry) =>
  h(
    "span",
    { class: "quiet" },
    [entry.pretty_type ?? entry.filetype, size(entry.size)].filter(Boolean).join(" · "),
  );
