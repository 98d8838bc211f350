// Where one types: Enter sends, Shift+Enter breaks the line, "/" and "@" complete, the up-arrow recalls.

import { freshId, h, icon } from "../core/dom.js";
import { menuButton } from "../overlays/menu.js";
import { complete, usage } from "./completion.js";
import { suggestions } from "./suggestions.js";

/** {node, focus(), aim(channel, thread, label)}. `lines` is the person's recall, shared by all composers of the page. */
export function composer(client, lines, { inThread = false } = {}) {
  const { state } = client.store;
  const drafts = new Map();
  let target = { channel: null, thread: null };
  const hint = h("div", { class: "composer-hint", id: freshId("hint") });
  const input = h("textarea", {
    class: "composer-input",
    rows: "1",
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-describedby": hint.id,
    spellcheck: "true",
    maxlength: "12000",
    oninput: () => changed(),
    onkeydown: (event) => key(event),
    onblur: () => list.hide(),
    onclick: () => suggest(),
  });
  const list = suggestions(input, (entry) => accept(entry));
  input.setAttribute("aria-controls", list.id);
  const send = h(
    "button",
    { type: "submit", class: "button button-icon button-send", "aria-label": "Send", title: "Send (Enter)" },
    icon("ui-send"),
  );
  const node = h(
    "form",
    { class: "composer", onsubmit: (event) => (event.preventDefault(), submit()) },
    list.node,
    h("div", { class: "composer-box" }, !inThread && shortcutsButton(), input, send),
    hint,
  );
  return { node, focus: () => input.focus(), aim };

  /** Each channel and thread keeps its own draft. */
  function aim(channel, thread, label) {
    const place = `${channel}/${thread ?? ""}`;
    if (place !== `${target.channel}/${target.thread ?? ""}`) {
      drafts.set(`${target.channel}/${target.thread ?? ""}`, input.value);
      target = { channel, thread };
      set(drafts.get(place) ?? "");
    }
    input.placeholder = label;
    input.setAttribute("aria-label", label);
  }

  function set(text) {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    grow();
    list.hide();
    showUsage();
  }

  function changed() {
    grow();
    suggest();
    showUsage();
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, innerHeight * 0.4)}px`;
    send.disabled = input.value.trim() === "";
  }

  function suggest() {
    const found = complete(state, input.value, input.selectionStart, { inThread });
    if (found) list.show(found.entries);
    else list.hide();
  }

  function showUsage() {
    const found = inThread ? null : usage(state, input.value);
    hint.replaceChildren(
      ...(found
        ? [
            h("code", {}, `${found.command} ${found.usage_hint ?? ""}`.trim()),
            h("span", {}, found.description),
          ]
        : []),
    );
  }

  function accept(entry) {
    const found = complete(state, input.value, input.selectionStart, { inThread });
    if (!found) return;
    input.setRangeText(entry.insert, found.from, found.to, "end");
    input.focus();
    changed();
  }

  function key(event) {
    if (event.isComposing) return;
    if (list.isOpen() && inList(event)) return event.preventDefault();
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      remember(event, event.key === "ArrowUp" ? -1 : 1);
    }
  }

  /** True when the list of suggestions took the key. */
  function inList(event) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp")
      return (list.move(event.key === "ArrowDown" ? 1 : -1), true);
    if (event.key === "Escape") return (list.hide(), event.stopPropagation(), true);
    const chosen = list.current();
    const takes = event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !chosen.exact);
    if (takes) accept(chosen);
    return takes;
  }

  /** The arrow only recalls where it has no line to go to. */
  function remember(event, direction) {
    const edge =
      direction < 0 ? input.value.slice(0, input.selectionStart) : input.value.slice(input.selectionEnd);
    if (edge.includes("\n")) return;
    const line = lines.step(direction, input.value);
    if (line === null) return;
    event.preventDefault();
    set(line);
  }

  function submit() {
    const text = input.value.trim();
    if (!text) return;
    lines.add(text);
    set("");
    client.onsay?.(target);
    client.actions.say(target.channel, text, target.thread);
  }

  function shortcutsButton() {
    const global = () => state.shortcuts.filter((shortcut) => shortcut.type === "global");
    const commands = () =>
      state.commands.map((entry) => ({
        label: entry.command,
        note: entry.description,
        onselect: () => {
          set(`${entry.command} `);
          input.focus();
        },
      }));
    const items = () => [
      ...global().map((one) => ({
        label: one.name,
        note: one.description,
        onselect: () => client.actions.shortcut(one.callback_id),
      })),
      ...commands(),
    ];
    return menuButton(
      {
        class: "button button-icon button-quiet",
        "aria-label": "Shortcuts and commands",
        title: "Shortcuts and commands",
      },
      [icon("ui-bolt")],
      items,
    );
  }
}
