// The overflow menu: "⋯" with up to five options.

import { h, icon } from "../core/dom.js";
import { openMenu } from "../overlays/menu.js";
import { words } from "../text/text_object.js";
import { safeAddress } from "../text/links.js";
import { marks } from "./button.js";

export function overflow(element, place) {
  const { scope, blockId } = place;
  return h(
    "button",
    {
      type: "button",
      class: "button button-icon",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": element.accessibility_label ?? "More actions",
      ...marks(element, place),
      onclick: ({ currentTarget }) => openMenu(currentTarget, element.options.map(item), "More actions"),
    },
    icon("ui-more"),
  );

  function item(option) {
    return { label: words(option.text), note: words(option.description), onselect: () => choose(option) };
  }

  function choose(option) {
    if (option.url && safeAddress(option.url)) window.open(option.url, "_blank", "noopener,noreferrer");
    scope.act(blockId, element, { selected_option: option });
  }
}
