// Over the composer: joining a channel one is not in, inviting the app where it is not.

import { h } from "../core/dom.js";
import { reconcile } from "../core/reconcile.js";

/** {node, draw(channel)} */
export function membership({ store: { state }, actions }) {
  const node = h("div", {});
  return { node, draw };

  function draw(channel) {
    const bars = [];
    if (!channel.is_im && !channel.is_member)
      bars.push(
        bar(channel, `You are not a member of #${channel.name}.`, `Join #${channel.name}`, () =>
          actions.join(channel.id),
        ),
      );
    else if (!channel.is_im && !channel.members.includes(state.bot.user_id)) {
      bars.push(
        bar(channel, `${state.bot.name} is not in #${channel.name}.`, `Invite ${state.bot.name}`, () =>
          actions.invite(state.bot.user_id, channel.id),
        ),
      );
    }
    reconcile(node, bars);
  }

  function bar(channel, text, label, onclick) {
    const key = `${channel.id}/${label}`;
    return {
      key,
      version: key,
      draw: () =>
        h(
          "div",
          { class: "join-bar" },
          h("span", {}, text),
          h("button", { type: "button", class: "button button-small", onclick }, label),
        ),
    };
  }
}
