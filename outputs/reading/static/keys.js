// Which key does what. Keys of one letter can be switched off (help), for who speaks to the computer.

import { themeAt, findTheme } from "./codebook.js";
import { accept, begin, cancel, correct, finish, keepAsIs, nextItem, redo, refuse, undo } from "./deciding.js";
import { announce } from "./dom.js";
import { openHelp } from "./help.js";
import { writeMemo } from "./memos.js";
import { readOn } from "./passage.js";
import { selectWords } from "./positions.js";
import { goOn } from "./queue.js";
import { findWords } from "./search.js";
import { play } from "./sound.js";
import { room } from "./state.js";
import { move } from "./transcript.js";
import { say } from "./words.js";

const SWITCH = "trama:single-keys";

/** What each key does, in the order of the help panel: keys, sentence, what is done. */
export const COMMANDS = [
  [["j"], "key_next", () => move(1, { respondentsOnly: true })],
  [["k"], "key_previous", () => move(-1, { respondentsOnly: true })],
  [["ArrowDown"], "key_down", () => move(1, { respondentsOnly: false })],
  [["ArrowUp"], "key_up", () => move(-1, { respondentsOnly: false })],
  [["ArrowRight", "ArrowLeft"], "key_word", (event) => words(event)],
  [["Shift+ArrowRight", "Shift+ArrowLeft"], "key_words", (event) => words(event)],
  [["t"], "key_theme", findTheme],
  [["a"], "key_accept", () => accept()],
  [["c"], "key_correct", () => correct()],
  [["x", "Delete"], "key_refuse", () => refuse()],
  [["v"], "key_item", () => nextItem()],
  [["Enter"], "key_read", readOn],
  [["n"], "key_on", () => goOn()],
  [["m"], "key_memo", () => room.segment && writeMemo("passage", room.segment)],
  [["s"], "key_listen", play],
  [["/"], "key_search", findWords],
  [["Ctrl+z"], "key_undo", undo],
  [["Ctrl+y"], "key_redo", redo],
  [["Escape"], "key_escape", cancel],
  [["?"], "key_help", openHelp],
];
const byKey = new Map(COMMANDS.flatMap(([keys, , run]) => keys.map((key) => [key, run])));

export const singleKeys = () => localStorage.getItem(SWITCH) !== "off";
export const switchSingleKeys = (on) => localStorage.setItem(SWITCH, on ? "on" : "off");

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    if (!isForText(event)) return;
    const run = commandOf(event);
    if (!run) return;
    event.preventDefault();
    run(event);
  });
}

/** Fields, lists and dialogs keep their keys; on buttons and links Enter and Space are theirs. */
function isForText({ target, key }) {
  if (!room.transcript || document.querySelector("dialog[open]")) return false;
  if (target.closest("input, textarea, select, audio")) return false;
  if (key.startsWith("Arrow") && target.closest(".side, .aside")) return false;
  return !(target.closest("button, a, summary") && ["Enter", " "].includes(key));
}

function commandOf(event) {
  const name = nameOf(event);
  if (!singleKeys() && [...name].length === 1) return null;
  if (room.pending && name === "Enter") return keepAsIs;
  if (room.pending?.asks === "stance" && /^[0-9]$/.test(name)) {
    const stance = room.study.stances[Number(name) - 1];
    return stance && (() => finish(stance.code));
  }
  const theme = themeAt(name);
  return byKey.get(name) ?? (theme && (() => begin(theme.code)));
}

function nameOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const name = [...key].length === 1 ? key.toLowerCase() : key;
  if (altKey) return "";
  if (ctrlKey || metaKey) return `Ctrl+${name}`;
  return shiftKey && name.startsWith("Arrow") ? `Shift+${name}` : name;
}

function words({ key, shiftKey }) {
  const selected = selectWords(key === "ArrowRight" ? 1 : -1, shiftKey);
  if (selected) announce(say("told_selected", { words: selected.split(/\s+/).slice(-6).join(" ") }));
}
