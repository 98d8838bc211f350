// What blocks live in: a message, a form or the home tab. It answers what a control asks and carries what it does.

import { directoryOf, namesOf } from "./names.js";
import { initialChoice } from "../elements/elements.js";

const keyOf = (blockId, actionId) => `${blockId}/${actionId}`;

/** `container` is {channel, message_ts, thread} or {view_id}; `kept` a Map of what was chosen in it so far; `values()` all of it. */
export function makeScope({ store, actions }, container, kept, values = () => null) {
  const { state } = store;
  const place = container.view_id ?? container.message_ts;
  return {
    names: namesOf(state),
    directory: directoryOf(state),
    kept,
    act,
    suggest: (blockId, element, text) => actions.suggest(container, blockId, element, text),
    keep,
    choose,
    choice: (blockId, element) => kept.get(keyOf(blockId, element.action_id)) ?? initialChoice(element),
    pendingKey: (blockId, actionId) => `${place}/${actionId}`,
    isPending: (key) => state.pending.has(key),
    fileUrl: (file) => file?.url ?? fileById(state, file?.id)?.url_private,
    fileOf: (block) =>
      fileById(state, block.file_id ?? block.external_id) ?? { name: block.external_id ?? "File" },
  };

  function keep(blockId, element, choice) {
    kept.set(keyOf(blockId, element.action_id), choice);
  }

  function choose(blockId, element, choice, dispatches) {
    keep(blockId, element, choice);
    if (dispatches) act(blockId, element, choice);
  }

  function act(blockId, element, choice) {
    return actions.act(container, blockId, element, choice, values());
  }
}

function fileById(state, id) {
  for (const talk of state.talks.values()) {
    for (const message of talk.messages)
      for (const file of message.files ?? []) if (file.id === id) return file;
  }
  return null;
}
