// The page's one connection: questions with answers, events, and coming back by itself.

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;

/** A sentence from the workspace for the person; anything else that goes wrong is not a Refused. */
export class Refused extends Error {}

/** `onframe(frame)` gets every event (the first is the snapshot), `onstate(connected)` each change of the line. */
export function connect(user, { onframe, onstate }) {
  const waiting = new Map();
  let socket = null;
  let number = 0;
  let wait = FIRST_WAIT;

  function open() {
    socket = new WebSocket(
      `${location.origin.replace(/^http/, "ws")}/page/socket?user=${encodeURIComponent(user)}`,
    );
    socket.onmessage = ({ data }) => receive(JSON.parse(data));
    socket.onclose = lost;
  }

  function receive(frame) {
    if (frame.type === "snapshot") {
      wait = FIRST_WAIT;
      onstate(true);
    }
    if (!("re" in frame)) return onframe(frame);
    const question = waiting.get(frame.re);
    waiting.delete(frame.re);
    if (frame.ok) question?.resolve(frame.result);
    else question?.reject(new Refused(frame.error));
  }

  function lost() {
    for (const question of waiting.values())
      question.reject(new Refused("The connection was lost before the answer came."));
    waiting.clear();
    onstate(false);
    setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  /** ask("say", {channel, text}) → the answer's result; rejects with Refused. */
  function ask(method, fields = {}) {
    if (socket.readyState !== WebSocket.OPEN)
      return Promise.reject(new Refused("Not connected: nothing was sent."));
    const id = ++number;
    socket.send(JSON.stringify({ id, do: method, ...fields }));
    return new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  }

  open();
  return { ask };
}
