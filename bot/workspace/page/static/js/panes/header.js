// The head of a pane: back (on a narrow window), title, topic, and what can be opened from here.

import { h, icon } from "../core/dom.js";

/** {node, set({name, mark, about})}; `back` is {href, label}, for narrow windows; `buttons` stand at its right. */
export function paneHeader({ back, tag = "h1", buttons = [] }) {
  const title = h(tag, { class: "pane-title" });
  const topic = h("p", { class: "pane-topic" });
  const node = h(
    "header",
    { class: "pane-head" },
    back &&
      h(
        "a",
        {
          class: "button button-icon button-quiet pane-back",
          href: back.href,
          onclick: back.onclick,
          "aria-label": back.label,
        },
        icon("ui-back"),
      ),
    h("div", { class: "pane-heading" }, title, topic),
    h("div", { class: "pane-buttons" }, buttons),
  );
  return { node, set };

  function set({ name, mark, about }) {
    title.replaceChildren(...[mark, name].filter(Boolean));
    topic.textContent = about ?? "";
    topic.title = about ?? "";
    topic.hidden = !about;
  }
}

/** Where "back" leads from a channel or the home. */
export const LIST = { href: "#/", label: "Back to the list of channels" };

export function iconButton(name, label, onclick, attributes = {}) {
  return h(
    "button",
    {
      type: "button",
      class: "button button-icon button-quiet",
      "aria-label": label,
      title: label,
      onclick,
      ...attributes,
    },
    icon(name),
  );
}
