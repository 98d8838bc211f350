// Ids into names, for text and for lists of people and channels.

import { now } from "./store.js";

/** {user, channel, usergroup, me, now}: what text needs to show mentions and dates. */
export function namesOf(state) {
  return {
    user: (id) => state.people.get(id)?.real_name ?? state.people.get(id)?.name ?? null,
    channel: (id) => state.channels.get(id)?.name ?? null,
    usergroup: (id) => state.groups.get(id) ?? null,
    get me() {
      return state.me.id;
    },
    now: () => now(state),
  };
}

/** {people(), channels()}: what selects offer. */
export function directoryOf(state) {
  return {
    people: () => [...state.people.values()],
    channels: () => [...state.channels.values()].filter((channel) => !channel.is_im),
  };
}

/** Who wrote a message: {name, initials, colour, isApp, icon}. */
export function author(state, message) {
  const person = state.people.get(message.user);
  const isApp = Boolean(message.bot_id) || Boolean(person?.is_bot);
  const name =
    message.username ??
    (isApp ? (state.bot.name ?? person?.name) : (person?.real_name ?? person?.name)) ??
    "Someone";
  return {
    name,
    isApp,
    initials: person?.initials ?? name.slice(0, 2).toUpperCase(),
    color: person?.color ?? "4a5a68",
  };
}

/** What a channel is called for this person: "#batch-ops", or the other's name. */
export function channelName(state, channel) {
  if (!channel.is_im) return channel.name;
  const other = state.people.get(channel.user);
  return other?.is_bot
    ? (state.bot.name ?? other.name)
    : (other?.real_name ?? other?.name ?? "Direct message");
}
