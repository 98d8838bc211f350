// Each kind of frame: what it changes in the state, and which topics that touches.

import { append, conversation, merge, remove, replace } from "./conversation.js";

const byId = (entries) => new Map(entries.map((entry) => [entry.id, entry]));
const isReply = (message) => message.thread_ts && message.thread_ts !== message.ts;
const inChannel = (message) =>
  !isReply(message) || message.subtype === "thread_broadcast" || message.broadcast;
export const threadKey = (channel, ts) => `${channel}/${ts}`;

/** frame type → (state, frame) → topics touched */
export const APPLY = {
  snapshot,
  message,
  message_changed: changed,
  message_deleted: deleted,
  ephemeral,
  ephemeral_changed: ephemeral,
  ephemeral_deleted: (state, { ts, message }) => dropEphemeral(state, ts ?? message.ts),
  channel: (state, { channel }) => (
    state.channels.set(channel.id, { ...state.channels.get(channel.id), ...channel }),
    ["channels"]
  ),
  read: (state, { channel, ...marks }) => (
    Object.assign(state.channels.get(channel) ?? {}, marks),
    ["channels", "read"]
  ),
  view_opened: (state, { view }) => ((state.views = [view]), ["views"]),
  view_pushed: (state, { view }) => (state.views.push(view), ["views"]),
  view_updated: viewUpdated,
  view_closed: viewClosed,
  home: (state, { view }) => ((state.home = view), ["home"]),
  notice: (state, { text, channel, kind, thread_ts: thread }) =>
    addNotice(state, { text, channel, thread, kind }),
  pending: (state, { key, on }) => (on ? state.pending.add(key) : state.pending.delete(key), ["pending"]),
  presence: (state, frame) => ((state.botConnected = frame.bot_connected), ["presence"]),
  log,
  faults: (state, { faults }) => ((state.faults = faults), ["faults"]),
};

function snapshot(state, frame) {
  const { team, me, commands, shortcuts, home, views, bot, faults, rehearsals } = frame;
  Object.assign(state, {
    team,
    me,
    commands,
    shortcuts,
    home,
    views,
    bot,
    faults,
    rehearsals,
    log: frame.log,
  });
  Object.assign(state, {
    people: byId(frame.people),
    groups: byId(frame.groups),
    channels: byId(frame.channels),
  });
  state.clockAhead = frame.time * 1000 - Date.now();
  state.botConnected = frame.presence.bot_connected;
  state.pending.clear();
  // What was missed while the line was down is asked for again; what is drawn stays until the answer is here.
  for (const talk of [...state.talks.values(), ...state.threads.values()]) talk.stale = true;
  state.ready = true;
  return [
    "all",
    "channels",
    "messages",
    "thread",
    "views",
    "home",
    "faults",
    "rehearsals",
    "log",
    "presence",
    "pending",
  ];
}

function message(state, { channel, message: fresh }) {
  const talk = state.talks.get(channel);
  if (inChannel(fresh) && talk?.loaded) append(talk, fresh);
  const thread = isReply(fresh) && state.threads.get(threadKey(channel, fresh.thread_ts));
  if (thread?.loaded) append(thread, fresh);
  return ["messages", ...(thread ? ["thread"] : [])];
}

function changed(state, { channel, message: fresh }) {
  const talk = state.talks.get(channel);
  if (talk?.loaded) replace(talk, fresh);
  const thread = state.threads.get(threadKey(channel, fresh.thread_ts ?? fresh.ts));
  if (thread?.loaded) replace(thread, fresh);
  return ["messages", ...(thread ? ["thread"] : [])];
}

function deleted(state, { channel, ts }) {
  if (state.talks.has(channel)) remove(state.talks.get(channel), ts);
  for (const [key, thread] of state.threads) if (key.startsWith(`${channel}/`)) remove(thread, ts);
  return ["messages", "thread"];
}

function ephemeral(state, { channel, message: fresh, thread_ts: thread }) {
  const talk = { messages: state.ephemerals };
  merge(talk, [{ ...fresh, channel, thread_ts: thread ?? fresh.thread_ts, is_ephemeral: true }]);
  state.ephemerals = talk.messages;
  return ["messages", "thread"];
}

export function dropEphemeral(state, ts) {
  state.ephemerals = state.ephemerals.filter((message) => message.ts !== ts);
  return ["messages", "thread"];
}

/** A sentence for this person, at the end of a channel; without a channel it stands over the page. */
export function addNotice(state, { text, channel = null, thread = null, kind = "error" }) {
  state.lastNotice += 1;
  state.notices.push({
    id: state.lastNotice,
    text,
    channel,
    thread,
    kind,
    at: Date.now() + state.clockAhead,
  });
  return ["messages", "thread", "notices"];
}

export function dropNotice(state, id) {
  state.notices = state.notices.filter((notice) => notice.id !== id);
  return ["messages", "thread", "notices"];
}

function viewUpdated(state, { view }) {
  const at = state.views.findIndex(({ id }) => id === view.id);
  if (at >= 0) state.views[at] = view;
  if (state.home?.id === view.id) state.home = view;
  return ["views", "home"];
}

/** What lies above a closed view closes with it. */
function viewClosed(state, { view_id: id }) {
  const at = state.views.findIndex((view) => view.id === id);
  if (at >= 0) state.views.splice(at);
  return ["views"];
}

function log(state, { entry }) {
  state.log.push(entry);
  if (state.log.length > state.logKept * 1.2) state.log = state.log.slice(-state.logKept);
  return ["log"];
}

export const talkOf = (state, channel) => lookUp(state.talks, channel);
export const threadOf = (state, channel, ts) => lookUp(state.threads, threadKey(channel, ts));

function lookUp(talks, key) {
  if (!talks.has(key)) talks.set(key, conversation());
  return talks.get(key);
}
