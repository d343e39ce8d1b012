// The keys, on one sheet; and their switch.

import { el, keyed, openDialog } from "./dom.js";
import { COMMANDS, singleKeys, switchSingleKeys } from "./keys.js";
import { say } from "./words.js";

const NAMES = { ArrowDown: "↓", ArrowUp: "↑", ArrowRight: "→", ArrowLeft: "←", Escape: "Esc", Shift: "⇧", Ctrl: "Ctrl", Delete: "Canc" };
const shown = (key) => key.split("+").map((part) => NAMES[part] ?? part).join(" ");

export function openHelp() {
  const rows = COMMANDS.map(([keys, sentence]) =>
    el("tr", {}, el("td", {}, keys.flatMap((key) => [el("kbd", {}, shown(key)), " "])), el("td", {}, say(sentence))));
  const themes = el("tr", {}, el("td", {}, el("kbd", {}, "1"), " … ", el("kbd", {}, "0"), " ", el("kbd", {}, "q"), " …"), el("td", {}, say("key_themes")));
  const stances = el("tr", {}, el("td", {}, el("kbd", {}, "1"), " … ", el("kbd", {}, "4")), el("td", {}, say("key_stances")));
  const change = ({ target }) => switchSingleKeys(target.checked);
  const single = el("label", { class: "check" }, el("input", { type: "checkbox", checked: singleKeys(), onchange: change }), el("span", {}, say("single_keys")));
  const dialog = openDialog(
    say("help"),
    el("p", {}, say("help_lead")),
    el("table", { class: "keys" }, el("tbody", {}, themes, stances, rows)),
    single,
    el("p", { class: "acts" }, keyed(say("close"), "Esc", () => dialog.close(), { class: "main", autofocus: true })),
  );
}
