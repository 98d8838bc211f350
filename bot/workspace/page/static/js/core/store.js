// What the page knows, and who wants to hear when it changes.

import { APPLY } from "./events.js";
import { soon } from "./frames.js";

const LOG_KEPT = 500;

/** The state behind one page: filled by frames, read by the panes. */
export function makeStore() {
  const listeners = new Map();
  const state = empty();
  return { state, apply, on, changed };

  /** Draw with `listener` whenever one of the topics changed, at most once a frame. */
  function on(topics, listener) {
    for (const topic of topics) listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
  }

  function changed(...topics) {
    for (const topic of topics) for (const listener of listeners.get(topic) ?? []) soon(listener);
  }

  /** Take in one frame of the server's; one of an unknown type is let pass. */
  function apply(frame) {
    changed(...(APPLY[frame.type]?.(state, frame) ?? []));
  }
}

function empty() {
  return {
    ready: false,
    connected: false,
    team: {},
    me: {},
    bot: {},
    people: new Map(),
    groups: new Map(),
    channels: new Map(),
    commands: [],
    shortcuts: [],
    talks: new Map(),
    threads: new Map(),
    ephemerals: [],
    notices: [],
    views: [],
    home: null,
    faults: [],
    rehearsals: [],
    log: [],
    logKept: LOG_KEPT,
    pending: new Set(),
    botConnected: false,
    clockAhead: 0,
    where: { pane: "list", channel: null, thread: null },
    lastNotice: 0,
  };
}

/** Now by the workspace's clock, in milliseconds. */
export const now = (state) => Date.now() + state.clockAhead;
