// What one can do to a message: one toolbar that goes to the message under the pointer or the focus.

import { h, icon } from "../core/dom.js";
import { talkOf, threadOf } from "../core/events.js";
import { go, routeTo } from "../core/route.js";
import { openMenu } from "../overlays/menu.js";
import { emoji } from "../text/emoji.js";
import { editMessage } from "./edit.js";

const REACTIONS = [
  "+1",
  "eyes",
  "white_check_mark",
  "x",
  "tada",
  "heart",
  "rotating_light",
  "hourglass_flowing_sand",
];

/** Let a toolbar follow the messages of `list`; returns {keep(draw)}, which draws without losing it. */
export function toolbar(client, list, { channel, inThread }) {
  const bar = h("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" });
  list.addEventListener("pointerover", ({ target }) => follow(target));
  list.addEventListener("focusin", ({ target }) => follow(target));
  list.addEventListener(
    "pointerleave",
    () => bar.contains(document.activeElement) || document.querySelector(".popover") || bar.remove(),
  );
  return { keep };

  function follow(target) {
    const message = target.closest?.(".message:not(.message-ephemeral)");
    if (!message || message === bar.parentElement) return;
    bar.replaceChildren(...buttons(message.dataset.ts).filter(Boolean));
    message.append(bar);
  }

  function buttons(ts) {
    return [
      tool("ui-smile", "Add a reaction", ({ currentTarget }) => pick(currentTarget, ts), "menu"),
      !inThread && tool("ui-reply", "Reply in thread", () => go(routeTo(channel(), ts))),
      isOwn(ts) && tool("ui-edit", "Edit message", () => editMessage(client, channel(), find(ts)), "dialog"),
      shortcuts().length > 0 &&
        tool(
          "ui-more",
          "More message actions",
          ({ currentTarget }) => openMenu(currentTarget, more(ts), "Message actions"),
          "menu",
        ),
    ];
  }

  function find(ts) {
    const { state } = client.store;
    const talks = [
      talkOf(state, channel()),
      state.where.thread && threadOf(state, channel(), state.where.thread),
    ];
    return talks.flatMap((talk) => talk?.messages ?? []).find((message) => message.ts === ts);
  }

  function isOwn(ts) {
    const message = find(ts);
    return message?.user === client.store.state.me.id && !message.subtype;
  }

  function pick(anchor, ts) {
    const items = REACTIONS.map((name) => ({
      label: [emoji(name), ` ${name.replaceAll("_", " ")}`],
      onselect: () => client.actions.react(channel(), ts, name),
    }));
    openMenu(anchor, items, "Reactions");
  }

  function shortcuts() {
    return client.store.state.shortcuts.filter((shortcut) => shortcut.type === "message");
  }

  function more(ts) {
    return shortcuts().map((shortcut) => ({
      label: shortcut.name,
      note: shortcut.description,
      onselect: () => client.actions.shortcut(shortcut.callback_id, channel(), ts),
    }));
  }

  /** A message drawn anew gets its toolbar back, and the toolbar its focus. */
  function keep(draw) {
    const ts = bar.parentElement?.dataset.ts;
    const focused = bar.contains(document.activeElement) ? document.activeElement : null;
    draw();
    const message = ts && list.querySelector(`.message[data-ts="${ts}"]`);
    if (message && bar.parentElement !== message) message.append(bar);
    if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  }
}

function tool(name, label, onclick, popup = null) {
  return h(
    "button",
    {
      type: "button",
      class: "button button-icon button-quiet",
      "aria-label": label,
      title: label,
      "aria-haspopup": popup,
      onclick,
    },
    icon(name),
  );
}
