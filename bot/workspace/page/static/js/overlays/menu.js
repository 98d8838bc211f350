// Menus: a list of things to do, or of places to go.

import { h } from "../core/dom.js";
import { openPopover } from "./popover.js";

/** `items`: [{label, onselect | href, danger, checked, note}]; arrow keys, Home and End move, Enter chooses. */
export function openMenu(anchor, items, name) {
  const close = (options) => shut(options);
  const entries = items.map((item) => entry(item, close));
  const menu = h(
    "div",
    { class: "menu", role: "menu", "aria-label": name, onkeydown: (event) => move(event, entries) },
    entries,
  );
  const shut = openPopover(anchor, menu);
  anchor.setAttribute("aria-expanded", "true");
  (entries.find((node) => node.getAttribute("aria-checked") === "true") ?? entries[0])?.focus();
  return shut;
}

function entry(item, close) {
  const attributes = {
    class: item.danger ? "menu-item menu-item-danger" : "menu-item",
    role: item.checked === undefined ? "menuitem" : "menuitemradio",
    "aria-checked": item.checked === undefined ? null : String(item.checked),
    tabindex: "-1",
  };
  const label = [
    h("span", { class: "menu-label" }, item.label),
    item.note && h("span", { class: "menu-note" }, item.note),
  ];
  if (item.href)
    return h(
      "a",
      {
        ...attributes,
        href: item.href,
        target: item.target,
        rel: item.target && "noopener noreferrer",
        onclick: () => close(),
      },
      label,
    );
  return h(
    "button",
    {
      ...attributes,
      type: "button",
      onclick: () => {
        close();
        item.onselect();
      },
    },
    label,
  );
}

function move(event, entries) {
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  entries[(to + entries.length) % entries.length].focus();
}

/** A button that opens a menu made when it is pressed. */
export function menuButton(attributes, children, items) {
  const name = attributes["aria-label"];
  return h(
    "button",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      ...attributes,
      onclick: ({ currentTarget }) => openMenu(currentTarget, items(), name),
    },
    children,
  );
}
