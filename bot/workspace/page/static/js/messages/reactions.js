// Reactions under a message: each a button that adds or takes back one's own.

import { h } from "../core/dom.js";
import { emoji, isEmoji } from "../text/emoji.js";

export function drawReactions(message, { state, toggle }) {
  return h(
    "div",
    { class: "reactions", role: "group", "aria-label": "Reactions" },
    message.reactions.map((reaction) => {
      const own = reaction.users.includes(state.me.id);
      const who = reaction.users
        .map((id) =>
          id === state.me.id ? "You" : (state.people.get(id)?.real_name ?? state.people.get(id)?.name ?? id),
        )
        .join(", ");
      const name = reaction.name.split("::")[0];
      return h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(own),
          title: `${who} reacted with :${name}:`,
          "aria-label": `${name.replaceAll("_", " ")}, ${reaction.count}: ${who}`,
          dataset: { focusKey: `reaction/${reaction.name}` },
          onclick: () => toggle(reaction.name),
        },
        isEmoji(name) ? emoji(name) : `:${name}:`,
        h("span", { class: "reaction-count" }, String(reaction.count)),
      );
    }),
  );
}
