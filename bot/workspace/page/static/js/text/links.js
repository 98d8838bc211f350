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

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The path on this server that an address names, by whichever loopback name; null when it lies elsewhere. */
export function ownPath(address) {
  try {
    const url = new URL(address, location.origin);
    const own =
      url.origin === location.origin ||
      (url.protocol === location.protocol && url.port === location.port && LOOPBACK.test(url.hostname));
    return own ? url.pathname + url.search + url.hash : null;
  } catch {
    return null;
  }
}

/** An image is shown only from this very server or as data: the page never reaches out. */
export const ownImage = (address) =>
  /^data:image\/(png|jpeg|gif|webp);/.test(address) ? address : ownPath(address);

/** A link that tells its target nothing; an address of another kind is shown as the text it is. */
export function link(address, ...label) {
  const safe = safeAddress(address);
  if (!safe) return h("span", {}, ...label);
  const here = ownPath(safe) !== null;
  return h(
    "a",
    { href: safe, rel: "noopener noreferrer", target: here ? null : "_blank", title: safe, class: "link" },
    ...label,
  );
}
