// A person's picture: initials on their colour. No file, no request.

import { h, icon } from "../core/dom.js";

export function avatar({ initials, color, isApp }, size = "") {
  const box = h(
    "span",
    { class: `avatar ${size} ${isApp ? "avatar-app" : ""}`.trim(), "aria-hidden": "true" },
    isApp ? icon("ui-wave") : initials,
  );
  if (!isApp) box.style.backgroundColor = `#${String(color).replace("#", "")}`;
  return box;
}
