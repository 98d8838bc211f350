// Who one is on this page: one of the workspace's people, named in the address (?as=U0ASHA).

import { h, icon } from "../core/dom.js";
import { avatar } from "../messages/avatar.js";
import { menuButton } from "../overlays/menu.js";

export function switcher(state) {
  const face = h("span", {});
  const name = h("span", { class: "who-name" });
  const role = h("span", { class: "who-role" });
  const button = menuButton(
    { class: "who", "aria-label": "Choose who you are" },
    [face, h("span", { class: "who-words" }, name, role), icon("ui-chevron-down")],
    items,
  );
  return { node: button, draw };

  function draw() {
    face.replaceChildren(avatar(state.me));
    name.textContent = state.me.real_name ?? state.me.name ?? "";
    role.textContent = state.me.title ?? "";
    button.setAttribute("aria-label", `You are ${name.textContent}, ${role.textContent}. Choose who you are`);
  }

  function items() {
    const people = [...state.people.values()].filter((person) => !person.is_bot);
    const other =
      people.find((person) => person.id !== state.me.id && person.title === "Approver") ??
      people.find((person) => person.id !== state.me.id);
    return [
      ...people.map((person) => ({
        label: person.real_name,
        note: person.title,
        checked: person.id === state.me.id,
        href: addressAs(person),
      })),
      ...(other
        ? [{ label: `Open a second tab as ${other.real_name}`, href: addressAs(other), target: "_blank" }]
        : []),
    ];
  }
}

const addressAs = (person) => `?as=${person.id}${/^#\/[C]/.test(location.hash) ? location.hash : ""}`;
