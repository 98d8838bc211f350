// The messages of one channel or thread, oldest first, without gaps at the new end.

const KEPT = 200; // above this the oldest are let go while one reads the newest; scrolling up loads them again
const LET_GO_TO = 100;

/** A fresh, empty conversation; `loaded` says whether history was asked for. */
export const conversation = () => ({ messages: [], more: false, loaded: false, loading: false });

/** Put messages in their place by ts; one that is there already is replaced. */
export function merge(talk, fresh) {
  const byTs = new Map(talk.messages.map((message) => [message.ts, message]));
  for (const message of fresh) byTs.set(message.ts, message);
  talk.messages = [...byTs.values()].sort((a, b) => (a.ts < b.ts ? -1 : 1));
}

/** Events come in order nearly always: the quick way for a new last message. */
export function append(talk, message) {
  const last = talk.messages.at(-1);
  if (!last || last.ts < message.ts) talk.messages.push(message);
  else merge(talk, [message]);
}

export function replace(talk, message) {
  const at = talk.messages.findIndex(({ ts }) => ts === message.ts);
  if (at >= 0) talk.messages[at] = message;
  return at >= 0;
}

export function remove(talk, ts) {
  talk.messages = talk.messages.filter((message) => message.ts !== ts);
}

/** Forget the oldest of a long talk; returns whether anything was forgotten. */
export function trim(talk) {
  if (talk.messages.length <= KEPT) return false;
  talk.messages = talk.messages.slice(-LET_GO_TO);
  talk.more = true;
  return true;
}
