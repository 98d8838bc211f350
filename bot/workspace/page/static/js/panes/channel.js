// The middle: one channel's messages and where one types.

import { h, icon } from "../core/dom.js";
import { trim } from "../core/conversation.js";
import { talkOf } from "../core/events.js";
import { channelName } from "../core/names.js";
import { composer } from "../composer/composer.js";
import { listItems } from "../messages/items.js";
import { messageList } from "../messages/list.js";
import { appTabs } from "./app_tabs.js";
import { LIST, iconButton, paneHeader } from "./header.js";
import { membership } from "./membership.js";

/** {node, composer}; it follows `state.where`. */
export function channelPane(client, lines, panel) {
  const { store, actions } = client;
  const { state } = store;
  let shown = null;
  let newFrom = null;
  let told = null;
  const head = paneHeader({
    back: LIST,
    buttons: [
      iconButton("ui-panel", "Rehearsals and log", panel.toggle, {
        class: "button button-icon button-quiet panel-toggle",
      }),
    ],
  });
  const tabs = appTabs(state, "messages");
  const jump = h(
    "button",
    { type: "button", class: "jump", hidden: true, onclick: () => list.scroll.stick() },
    icon("ui-arrow-down"),
    "Jump to latest",
  );
  const list = messageList(client, {
    channel: () => state.where.channel,
    inThread: false,
    onolder: () => shown && actions.older(shown),
    onstuck,
  });
  const box = composer(client, lines);
  const gate = membership(client);
  const away = h("p", { class: "away", role: "status" });
  const empty = h("p", { class: "log-empty", hidden: true });
  const node = h(
    "section",
    { class: "channel", "aria-label": "Channel" },
    head.node,
    tabs.node,
    h("div", { class: "log-frame" }, list.node, empty, jump),
    h("div", { class: "pane-foot" }, away, gate.node, box.node),
  );
  store.on(["all", "messages", "where", "channels", "notices"], draw);
  store.on(["presence", "all"], () => {
    away.textContent =
      state.ready && !state.botConnected ? `${state.bot.name ?? "The app"} is not connected.` : "";
  });
  document.addEventListener("visibilitychange", read);
  window.addEventListener("focus", read);
  return { node, composer: box };

  function draw() {
    const channel = state.channels.get(state.where.channel);
    node.hidden = state.where.pane === "home";
    if (!channel) return;
    if (shown !== channel.id) enter(channel);
    const talk = talkOf(state, channel.id);
    if (!talk.loaded || talk.stale) actions.load(channel.id);
    if (talk.loaded && list.scroll.isStuck()) trim(talk);
    heading(channel);
    list.draw(listItems(client, withEphemerals(talk.messages, channel.id), { channel: channel.id, newFrom }));
    empty.hidden = !talk.loaded || talk.messages.length > 0;
    empty.textContent = channel.is_im
      ? "Nothing has been said here yet."
      : `This is the very beginning of #${channel.name}.`;
    node.setAttribute("aria-busy", String(!talk.loaded));
    read();
  }

  function enter(channel) {
    shown = channel.id;
    newFrom = channel.unread > 0 ? channel.last_read : null;
    told = null;
    list.draw([]);
    list.scroll.stick();
  }

  function heading(channel) {
    const name = channelName(state, channel);
    const people = channel.is_im ? state.people.get(channel.user)?.title : channel.topic;
    head.set({ name, mark: channel.is_im ? null : icon("ui-hash"), about: people });
    tabs.node.hidden = !(channel.is_im && channel.user === state.bot.user_id);
    list.name(`Messages in ${channel.is_im ? "" : "#"}${name}`);
    const member = channel.is_im || channel.is_member;
    box.node.hidden = !member;
    gate.draw(channel);
    box.aim(channel.id, null, `Message ${channel.is_im ? name : `#${name}`}`);
  }

  function withEphemerals(messages, channel) {
    const own = state.ephemerals.filter((message) => message.channel === channel && !message.thread_ts);
    return own.length ? [...messages, ...own].sort((a, b) => (a.ts < b.ts ? -1 : 1)) : messages;
  }

  function onstuck(stuck) {
    jump.hidden = stuck;
    if (stuck) read();
  }

  /** What one has in sight is read. */
  function read() {
    const channel = state.channels.get(shown);
    const last = state.talks.get(shown)?.messages.at(-1)?.ts;
    const sees =
      state.where.channel === shown &&
      !document.hidden &&
      document.hasFocus() &&
      list.scroll.isStuck() &&
      state.connected;
    if (
      !channel ||
      !last ||
      !sees ||
      told === last ||
      !(channel.unread > 0 || (channel.last_read ?? "") < last)
    )
      return;
    told = last;
    actions.markRead(shown, last);
  }
}
