// What the person does: each goes to the workspace, and its refusal comes back as a notice where it was done.

import { confirmed } from "../overlays/confirm.js";
import { conversation, merge } from "./conversation.js";
import { addNotice, talkOf, threadOf } from "./events.js";
import { namesOf } from "./names.js";
import { Refused } from "./socket.js";

const PAGE = 50;

/** The deeds of one page; `ask` is the connection's. */
export function makeActions(store, ask) {
  const { state } = store;
  return {
    tell,
    say,
    act,
    suggest,
    submit: (view, values) => ask("submit", { view_id: view, values }),
    close,
    openHome,
    markRead,
    older,
    load,
    loadThread,
    react,
    shortcut,
    direct,
    edit,
    join,
    invite,
    setFault,
    rehearse,
  };

  /** Do it; a refusal becomes a notice in the channel it belongs to. Returns the result, or null when refused. */
  async function tell(method, fields, place = {}) {
    try {
      return await ask(method, fields);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      store.changed(...addNotice(state, { text: error.message, ...place }));
      return null;
    }
  }

  function say(channel, text, thread) {
    return tell("say", { channel, text, ...(thread ? { thread_ts: thread } : {}) }, { channel, thread });
  }

  /** Ask for confirmation where the element wants it, then send the action. */
  async function act(container, blockId, element, choice, values = null) {
    if (!(await confirmed(element.confirm, namesOf(state)))) return;
    const place = { channel: container.channel, thread: container.thread };
    await tell(
      "act",
      {
        container: bare(container),
        block_id: blockId,
        action_id: element.action_id,
        choice,
        ...(values ? { values } : {}),
      },
      place,
    );
  }

  function suggest(container, blockId, element, text) {
    return ask("suggest", {
      container: bare(container),
      block_id: blockId,
      action_id: element.action_id,
      text,
    });
  }

  function close(view, clear = false) {
    return tell("close", { view_id: view, clear });
  }

  function openHome() {
    return tell("open_home", {});
  }

  function markRead(channel, ts) {
    return tell("mark_read", { channel, ts });
  }

  async function load(channel) {
    const talk = talkOf(state, channel);
    if (talk.loading || (talk.loaded && !talk.stale)) return;
    talk.loading = true;
    const page = await tell("history", { channel, limit: PAGE }, { channel });
    talk.loading = false;
    if (page) take(talk, page, true);
  }

  async function older(channel) {
    const talk = talkOf(state, channel);
    if (talk.loading || !talk.more || !talk.messages.length) return;
    talk.loading = true;
    const page = await tell("history", { channel, before_ts: talk.messages[0].ts, limit: PAGE }, { channel });
    talk.loading = false;
    if (page) take(talk, page, false);
  }

  async function loadThread(channel, ts) {
    const talk = threadOf(state, channel, ts);
    if (talk.loading || (talk.loaded && !talk.stale)) return;
    talk.loading = true;
    const page = await tell("thread", { channel, thread_ts: ts }, { channel });
    talk.loading = false;
    if (page) take(talk, page, true);
  }

  /** After a break of the line the newest page replaces what there was: there may be a gap between the two. */
  function take(talk, page, newest) {
    if (newest) Object.assign(talk, conversation());
    merge(talk, page);
    Object.assign(talk, { loaded: true, stale: false, more: page.length >= PAGE });
    store.changed("messages", "thread");
  }

  function react(channel, ts, name) {
    return tell("reaction", { channel, ts, name }, { channel });
  }

  function shortcut(callbackId, channel, ts) {
    return tell(
      "shortcut",
      { callback_id: callbackId, ...(channel ? { channel } : {}), ...(ts ? { message_ts: ts } : {}) },
      { channel },
    );
  }

  function direct(other) {
    return tell("open_direct", { other });
  }

  function edit(channel, ts, text) {
    return tell("edit", { channel, ts, text }, { channel });
  }

  function invite(other, channel) {
    return tell("invite", { other, channel }, { channel });
  }

  function join(channel) {
    return tell("join", { channel }, { channel });
  }

  function setFault(name, value) {
    return tell("set_fault", { name, value });
  }

  function rehearse(name) {
    return ask("rehearse", { name });
  }
}

const bare = ({ channel, message_ts: ts, view_id: view }) =>
  view ? { view_id: view } : { channel, message_ts: ts };
