// The list of places: channels, direct messages, the app; who one is; light or dark.

import { h, icon } from "../core/dom.js";
import { channelName } from "../core/names.js";
import { reconcile } from "../core/reconcile.js";
import { go, routeTo } from "../core/route.js";
import { avatar } from "../messages/avatar.js";
import { iconButton } from "./header.js";
import { switcher } from "./switcher.js";
import { toggleTheme } from "./theme.js";

export function sidebar(client) {
  const { store, actions } = client;
  const { state } = store;
  const who = switcher(state);
  const channels = h("ul", { class: "places" });
  const directs = h("ul", { class: "places" });
  const apps = h("ul", { class: "places" });
  const team = h("p", { class: "team-name" });
  const node = h(
    "nav",
    { class: "sidebar", "aria-label": "Channels and people" },
    h(
      "div",
      { class: "team" },
      h("span", { class: "team-mark", "aria-hidden": "true" }, icon("ui-wave")),
      team,
      iconButton("ui-theme", "Switch between light and dark", toggleTheme),
    ),
    who.node,
    h(
      "div",
      { class: "sidebar-scroll" },
      group("Channels", channels),
      group("Direct messages", directs),
      group("App", apps),
    ),
  );
  store.on(["all", "channels", "presence", "where"], draw);
  return node;

  function draw() {
    team.textContent = state.team.name ?? "";
    who.draw();
    const all = [...state.channels.values()];
    const appChannel = all.find((channel) => channel.is_im && channel.user === state.bot.user_id);
    reconcile(
      channels,
      all
        .filter((channel) => !channel.is_im)
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(place),
    );
    reconcile(
      directs,
      [...state.people.values()]
        .filter((person) => !person.is_bot && person.id !== state.me.id)
        .map((person) => direct(person, all)),
    );
    reconcile(apps, [app(appChannel)]);
  }

  function place(channel) {
    return item({
      ...marks(channel),
      key: channel.id,
      href: routeTo(channel.id),
      name: channelName(state, channel),
      mark: [icon("ui-hash")],
      here: state.where.channel === channel.id,
      faint: !channel.is_member,
    });
  }

  function direct(person, all) {
    const channel = all.find((one) => one.is_im && one.user === person.id);
    const open = async () => {
      const id = await actions.direct(person.id);
      if (id) go(routeTo(id));
    };
    return item({
      ...marks(channel),
      key: person.id,
      href: channel && routeTo(channel.id),
      onclick: channel ? null : open,
      name: person.real_name ?? person.name,
      note: person.title,
      mark: [avatar(person, "avatar-tiny")],
      here: Boolean(channel) && state.where.channel === channel.id,
    });
  }

  function app(channel) {
    const here = state.where.pane === "home" || (Boolean(channel) && state.where.channel === channel.id);
    const mark = [
      h("span", {
        class: `presence ${state.botConnected ? "is-here" : ""}`,
        role: "img",
        "aria-label": state.botConnected ? "connected" : "not connected",
      }),
    ];
    return item({
      ...marks(channel),
      key: "app",
      href: "#/home",
      name: state.bot.name ?? "App",
      mark,
      here,
      version: state.botConnected,
    });
  }
}

const marks = (channel) => ({
  unread: channel?.unread ?? 0,
  mentions: channel?.is_im ? channel.unread : (channel?.mentions ?? 0),
});

function group(title, list) {
  return h(
    "section",
    { class: "places-group", "aria-label": title },
    h("h2", { class: "places-title" }, title),
    list,
  );
}

/** One row; drawn anew only when something in it changed. */
function item(row) {
  const { key, href, onclick, name, note, mark, here, unread, mentions, faint } = row;
  const version = JSON.stringify([href, name, note, here, unread, mentions, faint, row.version]);
  const look = ["place", unread > 0 && "is-unread", faint && "is-faint"].filter(Boolean).join(" ");
  const label = [
    h("span", { class: "place-mark" }, mark),
    h("span", { class: "place-name" }, name),
    unread > 0 && h("span", { class: "visually-hidden" }, `, ${unread} unread`),
    note && h("span", { class: "place-note" }, note),
    mentions > 0 && h("span", { class: "badge", "aria-label": `${mentions} for you` }, String(mentions)),
  ];
  const attributes = { class: look, "aria-current": here ? "page" : null, dataset: { focusKey: key } };
  return {
    key,
    version,
    draw: () =>
      h(
        "li",
        {},
        href
          ? h("a", { ...attributes, href }, label)
          : h("button", { ...attributes, type: "button", onclick }, label),
      ),
  };
}
