// The thread pane: a message, its replies, and a reply of one's own.

import { h } from "../core/dom.js";
import { threadOf } from "../core/events.js";
import { channelName } from "../core/names.js";
import { go, routeTo } from "../core/route.js";
import { composer } from "../composer/composer.js";
import { listItems } from "../messages/items.js";
import { messageList } from "../messages/list.js";
import { iconButton, paneHeader } from "./header.js";

export function threadPane(client, lines) {
  const { store, actions } = client;
  const { state } = store;
  let shown = null;
  const close = () => go(routeTo(state.where.channel));
  const head = paneHeader({
    tag: "h2",
    back: { href: "#/", label: "Back to the channel", onclick: (event) => (event.preventDefault(), close()) },
    buttons: [iconButton("ui-close", "Close thread", close)],
  });
  const list = messageList(client, {
    channel: () => state.where.channel,
    inThread: true,
    onolder: () => {},
    onstuck: () => {},
  });
  const box = composer(client, lines, { inThread: true });
  const node = h(
    "aside",
    { class: "thread", "aria-label": "Thread", hidden: true },
    head.node,
    h("div", { class: "log-frame" }, list.node),
    h("div", { class: "pane-foot" }, box.node),
  );
  node.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && close());
  store.on(["all", "thread", "where"], draw);
  return { node, composer: box };

  function draw() {
    const { channel, thread } = state.where;
    node.hidden = !thread;
    if (!thread || !state.channels.has(channel)) return (shown = null);
    if (shown !== thread) enter(channel, thread);
    const talk = threadOf(state, channel, thread);
    if (!talk.loaded || talk.stale) actions.loadThread(channel, thread);
    const own = state.ephemerals.filter(
      (message) => message.channel === channel && message.thread_ts === thread,
    );
    list.draw(listItems(client, [...talk.messages, ...own], { channel, thread }));
    return null;
  }

  function enter(channel, thread) {
    shown = thread;
    head.set({ name: "Thread", about: channelName(state, state.channels.get(channel)) });
    list.name("Messages in the thread");
    list.draw([]);
    list.scroll.stick();
    box.aim(channel, thread, "Reply…");
  }
}
