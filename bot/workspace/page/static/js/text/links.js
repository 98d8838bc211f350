// Which addresses may become links, and how a link looks.

import { h } from "../core/dom.js";

const SAFE = new Set(["http:", "https:", "mailto:"]);

/** The address if it is http, https or mailto; otherwise null. */
export function safeAddress(address) {
  try {
    return SAFE.has(new URL(address).protocol) ? address : null;
  } catch {
    return null;
  }
}

/** An image is shown only from this very server or as data: the page never reaches out. */
export function ownImage(address) {
  try {
    const url = new URL(address, location.origin);
    return url.origin === location.origin || /^data:image\//.test(address) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that tells its target nothing; an address of another kind is shown as the text it is. */
export function link(address, ...label) {
  const safe = safeAddress(address);
  if (!safe) return h("span", {}, ...label);
  const here = new URL(safe).origin === location.origin;
  return h("a", { href: safe, rel: "noopener noreferrer", target: here ? null : "_blank", title: safe, class: "link" }, ...label);
}
