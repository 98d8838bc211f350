// Where a select's options come from, and in which field its choice goes.

const option = (text, value) => ({ text: { type: "plain_text", text, emoji: false }, value });
const matches = (text) => (entry) => entry.text.text.toLowerCase().includes(text.toLowerCase());

function given(element, text) {
  const groups = element.option_groups ?? [{ label: null, options: element.options ?? [] }];
  return groups.map((group) => ({
    label: group.label?.text ?? null,
    options: group.options.filter(matches(text)),
  }));
}

const listed = (entries, text) => [{ label: null, options: entries.filter(matches(text)) }];
const people = (scope) =>
  scope.directory.people().map((person) => option(person.real_name ?? person.name, person.id));
const channels = (scope) =>
  scope.directory.channels().map((channel) => option(`#${channel.name}`, channel.id));

async function suggested(element, text, { scope, blockId }) {
  if (text.length < (element.min_query_length ?? 3)) return [];
  const answer = await scope.suggest(blockId, element, text);
  const groups = Array.isArray(answer) ? answer : (answer.option_groups ?? answer.options ?? []);
  return groups[0]?.options
    ? groups.map((group) => ({ label: group.label?.text ?? null, options: group.options }))
    : [{ label: null, options: groups }];
}

// the type without "multi_" and "_select" → [the choice's field, options for a search text]
const SOURCES = {
  static: ["option", (element, text) => given(element, text)],
  external: ["option", suggested],
  users: ["user", (element, text, { scope }) => listed(people(scope), text)],
  channels: ["channel", (element, text, { scope }) => listed(channels(scope), text)],
  conversations: [
    "conversation",
    (element, text, { scope }) => listed([...channels(scope), ...people(scope)], text),
  ],
};

/** {field, multi, options(text) → groups, read(choice) → options chosen, write(options) → choice} */
export function source(element, place) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "").replace("_select", "");
  const [word, find] = SOURCES[kind];
  const field = `selected_${word}${multi ? "s" : ""}`;
  const known = () => (word === "option" ? [] : find(element, "", place).flatMap((group) => group.options));
  const whole = (value) =>
    word === "option" ? value : (known().find((entry) => entry.value === value) ?? option(value, value));
  const bare = (entry) => (word === "option" ? entry : entry.value);
  return {
    multi,
    options: async (text) => find(element, text, place),
    read: (choice) => [choice?.[field] ?? []].flat().map(whole),
    write: (entries) => ({ [field]: multi ? entries.map(bare) : entries.length ? bare(entries[0]) : null }),
  };
}
