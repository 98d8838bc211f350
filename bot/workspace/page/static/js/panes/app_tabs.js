// The app's two tabs: its home and the messages with it.

import { h } from "../core/dom.js";
import { routeTo } from "../core/route.js";

/** {node}: the tab `here` ("home" or "messages") is the current one. */
export function appTabs(state, here, openMessages) {
  const messages = () =>
    [...state.channels.values()].find((channel) => channel.is_im && channel.user === state.bot.user_id);
  const tab = (name, label, attributes) =>
    h("a", { class: "tab", "aria-current": here === name ? "page" : null, ...attributes }, label);
  const toMessages = (event) => {
    const channel = messages();
    if (channel) event.currentTarget.href = routeTo(channel.id);
    else if (openMessages) (event.preventDefault(), openMessages());
  };
  return {
    node: h(
      "nav",
      { class: "tabs", "aria-label": "App" },
      tab("home", "Home", { href: "#/home" }),
      tab("messages", "Messages", { href: here === "messages" ? null : "#/", onclick: toMessages }),
    ),
  };
}
