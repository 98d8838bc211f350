// One message: who, when, what it says, and what hangs on it.

import { drawBlocks } from "../blocks/blocks.js";
import { freshId, h, icon } from "../core/dom.js";
import { dropEphemeral } from "../core/events.js";
import { author } from "../core/names.js";
import { routeTo } from "../core/route.js";
import { makeScope } from "../core/scope.js";
import { fullTime } from "../text/dates.js";
import { textObject } from "../text/text_object.js";
import { drawAttachments } from "./attachments.js";
import { avatar } from "./avatar.js";
import { drawFiles } from "./files.js";
import { drawReactions } from "./reactions.js";
import { threadSummary } from "./thread_summary.js";
import { dateOf, timeOf } from "./when.js";

const QUIET_KINDS = new Set([
  "channel_join",
  "channel_leave",
  "channel_topic",
  "channel_purpose",
  "channel_name",
  "group_join",
  "bot_add",
]);

/** `client` is {store, actions}; `inThread` leaves out what only makes sense in the channel. */
export function drawMessage(client, channel, message, { inThread = false } = {}) {
  const { state } = client.store;
  const who = author(state, message);
  const name = freshId("author");
  const article = h(
    "article",
    {
      class: [
        "message",
        message.is_ephemeral && "message-ephemeral",
        QUIET_KINDS.has(message.subtype) && "message-quiet",
      ]
        .filter(Boolean)
        .join(" "),
      tabindex: "-1",
      "aria-labelledby": name,
      dataset: { ts: message.ts },
    },
    h(
      "div",
      { class: "message-gutter" },
      avatar(who),
      h("span", { class: "message-hour", "aria-hidden": "true" }, timeOf(message.ts)),
    ),
    h(
      "div",
      { class: "message-body" },
      message.is_ephemeral && ephemeralLine(client, message),
      h(
        "div",
        { class: "message-head", id: name },
        h("span", { class: "message-author" }, who.name),
        who.isApp && h("span", { class: "badge-app" }, "App"),
        timeOf(message.ts),
      ),
      alsoLine(channel, message, inThread),
      content(client, channel, message),
      message.files?.length && drawFiles(message.files),
      message.reactions?.length &&
        drawReactions(message, {
          state,
          toggle: (reaction) => client.actions.react(channel, message.ts, reaction),
        }),
      !inThread && message.reply_count > 0 && threadSummary(state, channel, message),
    ),
  );
  return article;
}

function content(client, channel, message) {
  const scope = makeScope(
    client,
    { channel, message_ts: message.ts, thread: message.thread_ts },
    keptOf(client, channel, message.ts),
  );
  const body = message.blocks?.length
    ? drawBlocks(message.blocks, scope)
    : message.text && textObject({ type: "mrkdwn", text: message.text }, scope.names);
  const box = h(
    "div",
    { class: "message-content" },
    body,
    message.attachments?.length && drawAttachments(message.attachments, scope),
  );
  if (message.edited)
    ([...box.querySelectorAll(".text > p")].at(-1) ?? box).append(" ", editedMark(message.edited));
  return box;
}

const editedMark = ({ ts }) => h("span", { class: "edited", title: fullTime(dateOf(ts)) }, "(edited)");

/** What was chosen in a message's own inputs outlives its being drawn anew. */
function keptOf(client, channel, ts) {
  client.kept ??= new Map();
  const key = `${channel}/${ts}`;
  if (!client.kept.has(key)) client.kept.set(key, new Map());
  return client.kept.get(key);
}

function ephemeralLine({ store }, message) {
  const dismiss = () => store.changed(...dropEphemeral(store.state, message.ts));
  return h(
    "div",
    { class: "ephemeral-line" },
    icon("ui-eye"),
    "Only visible to you",
    h(
      "button",
      { type: "button", class: "link-button", "aria-label": "Dismiss this message", onclick: dismiss },
      "Dismiss",
    ),
  );
}

function alsoLine(channel, message, inThread) {
  if (!message.thread_ts || message.thread_ts === message.ts) return null;
  const broadcast = message.subtype === "thread_broadcast" || message.broadcast;
  if (inThread) return broadcast ? h("div", { class: "also-line" }, "also sent to the channel") : null;
  return h(
    "div",
    { class: "also-line" },
    "replied to ",
    h("a", { href: routeTo(channel, message.thread_ts) }, "a thread"),
  );
}
