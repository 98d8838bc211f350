// The page: who one is, the connection, the panes, and where one is among them.

import { h } from "./core/dom.js";
import { makeActions } from "./core/actions.js";
import { channelName } from "./core/names.js";
import { soon } from "./core/frames.js";
import { go, parseRoute, routeTo } from "./core/route.js";
import { connect } from "./core/socket.js";
import { makeStore, now } from "./core/store.js";
import { recall } from "./composer/recall.js";
import { keepCounting } from "./messages/when.js";
import { modals } from "./overlays/modals.js";
import { showPending } from "./overlays/pending.js";
import { ownPath } from "./text/links.js";
import { banner, toasts } from "./panes/banner.js";
import { channelPane } from "./panes/channel.js";
import { homePane } from "./panes/home.js";
import { sidePanel } from "./panes/panel.js";
import { sidebar } from "./panes/sidebar.js";
import { restoreTheme } from "./panes/theme.js";
import { threadPane } from "./panes/thread.js";

restoreTheme();
const person = new URLSearchParams(location.search).get("as");
const store = makeStore();
const { state } = store;
const line = connect(person, { onframe, onstate });
const client = { store, actions: makeActions(store, line.ask) };
const lines = recall(person);

const panel = sidePanel(client);
const channel = channelPane(client, lines, panel);
const thread = threadPane(client, lines);
const home = homePane(client, panel);
const main = document.querySelector("main");
main.append(channel.node, home.node, thread.node);
document.body.prepend(
  h(
    "button",
    { type: "button", class: "button skip", onclick: channel.composer.focus },
    "Skip to the message box",
  ),
);
document.querySelector("#app").replaceChildren(sidebar(client), main, panel.node);
document.body.append(banner(store), toasts(store));
modals(client);
showPending(store);
keepCounting(() => now(state));
store.on(["channels", "where"], title);
window.addEventListener("hashchange", arrive);

function onframe(frame) {
  store.apply(frame);
  if (frame.type !== "snapshot") return;
  arrive();
  soon(() => {
    document.body.dataset.ready = "";
  });
}

function onstate(connected) {
  state.connected = connected;
  state.everConnected ||= connected;
  document.body.classList.toggle("is-offline", !connected && state.everConnected);
  store.changed("connection");
}

/** Go where the address says; a wide window without a place opens the first channel. */
function arrive() {
  const where = parseRoute(location.hash);
  const known = where.pane !== "channel" || state.channels.has(where.channel);
  if ((where.pane === "list" && isWide()) || !known) return location.replace(routeTo(first()));
  const moved = where.channel !== state.where.channel || where.pane !== state.where.pane;
  const threadOpened = where.thread && where.thread !== state.where.thread;
  state.where = where;
  document.body.dataset.pane = where.thread ? "thread" : where.pane;
  store.changed("where", "messages", "thread");
  if (threadOpened) soon(thread.composer.focus);
  else if (moved && isWide()) soon(channel.composer.focus);
  return null;
}

const isWide = () => matchMedia("(min-width: 45rem)").matches;
const first = () =>
  [...state.channels.values()].find((one) => one.name === "batch-ops")?.id ??
  state.channels.keys().next().value;

function title() {
  const here = state.channels.get(state.where.channel);
  const mentions = [...state.channels.values()].reduce(
    (sum, one) => sum + (one.is_im ? one.unread : (one.mentions ?? 0)),
    0,
  );
  const place =
    state.where.pane === "home"
      ? state.bot.name
      : here && `${here.is_im ? "" : "#"}${channelName(state, here)}`;
  document.title = [mentions ? `(${mentions})` : "", place ?? "", "·", state.team.name ?? "Wavewarden"]
    .filter(Boolean)
    .join(" ");
}

// A permalink of this workspace opens here, as the same person: /archives/C0OPS/p1790000000000100
document.addEventListener("click", (event) => {
  const path = ownPath(event.target.closest?.("a[href]")?.href ?? "about:blank");
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})(?:\?thread_ts=([\d.]+))?/.exec(path ?? "");
  if (!found || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  go(routeTo(found[1], found[4] ?? `${found[2]}.${found[3]}`));
});
