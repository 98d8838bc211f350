// "3 replies, last 2 minutes ago", under a message that has a thread.

import { h } from "../core/dom.js";
import { now } from "../core/store.js";
import { author } from "../core/names.js";
import { routeTo } from "../core/route.js";
import { avatar } from "./avatar.js";
import { agoOf } from "./when.js";

export function threadSummary(state, channel, message) {
  const count = message.reply_count;
  const faces = (message.reply_users ?? [])
    .slice(0, 4)
    .map((user) => avatar(author(state, { user }), "avatar-tiny"));
  return h(
    "a",
    { class: "thread-summary", href: routeTo(channel, message.ts), dataset: { focusKey: "thread" } },
    h("span", { class: "thread-faces" }, faces),
    h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`),
    message.latest_reply &&
      h("span", { class: "quiet" }, "last reply ", agoOf(message.latest_reply, now(state))),
  );
}
