// A search field over a list of options, as the ARIA combobox pattern has it.

import { freshId, h } from "../core/dom.js";
import { plainText, words } from "../text/text_object.js";

/** Returns {node, focus()}. `find(text)` → Promise of [{label, options}]; `onchoose(options)` after every change. */
export function listbox({ name, multi, chosen, most, names, find, hint, onchoose }) {
  const id = freshId("list");
  const list = h("div", {
    role: "listbox",
    id,
    class: "listbox-options",
    "aria-label": name,
    "aria-multiselectable": multi ? "true" : null,
    onpointerdown: (event) => event.preventDefault(),
  });
  const search = h("input", {
    type: "search",
    class: "listbox-search",
    role: "combobox",
    "aria-label": `Search: ${name}`,
    "aria-controls": id,
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    autocomplete: "off",
    placeholder: "Search",
    oninput: () => load(),
    onkeydown: (event) => key(event),
  });
  let picked = chosen;
  let rows = [];
  let at = -1;
  let asked = 0;
  load();
  return { node: h("div", { class: "listbox" }, search, list), focus: () => search.focus() };

  async function load() {
    const mine = ++asked;
    const groups = await find(search.value).catch((error) => [{ label: error.message, options: [] }]);
    if (mine === asked) fill(groups);
  }

  function fill(groups) {
    rows = [];
    list.replaceChildren(
      ...groups
        .flatMap((group) => [
          group.label && h("div", { class: "listbox-group", role: "presentation" }, group.label),
          ...group.options.map(row),
        ])
        .filter(Boolean),
    );
    if (!rows.length && !groups.some((group) => group.label))
      list.append(h("div", { class: "listbox-hint", role: "presentation" }, hint));
    mark(rows.findIndex((entry) => isPicked(entry.option)));
    if (at < 0) mark(rows.length ? 0 : -1);
  }

  function row(option) {
    const node = h(
      "div",
      {
        role: "option",
        id: freshId("option"),
        class: "listbox-option",
        "aria-selected": String(isPicked(option)),
        onclick: () => choose(option),
      },
      h("span", {}, plainText(option.text, names)),
      option.description && h("span", { class: "choice-note" }, words(option.description)),
    );
    rows.push({ option, node });
    return node;
  }

  function isPicked(option) {
    return picked.some((entry) => entry.value === option.value && words(entry.text) === words(option.text));
  }

  function choose(option) {
    const without = picked.filter((entry) => entry.value !== option.value);
    if (!multi) picked = [option];
    else if (without.length < picked.length) picked = without;
    else if (!most || picked.length < most) picked = [...picked, option];
    for (const entry of rows) entry.node.setAttribute("aria-selected", String(isPicked(entry.option)));
    onchoose(picked);
  }

  function mark(index) {
    rows[at]?.node.classList.remove("is-active");
    at = index;
    rows[at]?.node.classList.add("is-active");
    rows[at]?.node.scrollIntoView({ block: "nearest" });
    search.setAttribute("aria-activedescendant", rows[at]?.node.id ?? "");
  }

  function key(event) {
    const to = {
      ArrowDown: Math.min(at + 1, rows.length - 1),
      ArrowUp: Math.max(at - 1, 0),
      End: rows.length - 1,
      Home: 0,
    }[event.key];
    if (to !== undefined) mark(to);
    else if (event.key === "Enter" && rows[at]) choose(rows[at].option);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
