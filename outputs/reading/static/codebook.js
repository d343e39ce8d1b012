// The codebook beside the text: every theme with its key, its definition and its colour.

import { begin } from "./deciding.js";
import { byId, el } from "./dom.js";
import { paint } from "./marks.js";
import { writeMemo } from "./memos.js";
import { allMemos } from "./standing.js";
import { on, room } from "./state.js";
import { say } from "./words.js";

const KEYS = [..."1234567890qweryuiopdfghlzb"]; // those that are no command of the room

on("study", draw);
on("standing", showMemos);

export const themeAt = (key) => room.study.themes[KEYS.indexOf(key)];

export function findTheme() {
  byId("find-theme").focus();
  byId("find-theme").select();
}

function draw() {
  byId("codebook").replaceChildren(
    el("h2", { id: "codebook-title" }, say("codebook")),
    el("label", { class: "find" }, el("span", {}, say("find_theme")), el("input", { id: "find-theme", type: "search", oninput: filter, onkeydown: choose })),
    el("ul", { class: "themes" }, room.study.themes.map(themeBox)),
  );
}

function themeBox(theme, place) {
  const key = KEYS[place];
  const button = el(
    "button",
    { type: "button", class: "theme", onclick: () => begin(theme.code), "aria-keyshortcuts": key ?? null },
    el("span", { class: "swatch", "aria-hidden": "true" }),
    el("span", { class: "label" }, theme.label),
    key ? el("kbd", { "aria-hidden": "true" }, key) : null,
  );
  const parts = [
    ["definition", theme.definition],
    ["use_when", theme.use_when],
    ["do_not_use_when", theme.do_not_use_when],
  ].filter(([, text]) => text);
  const about = el(
    "details",
    {},
    el("summary", { "aria-label": say("about_theme", { theme: theme.label }), title: say("definition") }),
    ...parts.map(([name, text]) => el("p", {}, name === "definition" ? "" : el("strong", {}, `${say(name)} `), text)),
    el("p", { class: "memo-of-theme", "data-theme": theme.code }),
  );
  return paint(el("li", { class: theme.parent ? "child" : null, "data-code": theme.code }, button, about), theme.code);
}

function showMemos() {
  for (const box of document.querySelectorAll(".memo-of-theme")) {
    const memos = allMemos().filter((memo) => memo.on === "theme" && memo.ref === box.dataset.theme);
    const write = el("button", { type: "button", class: "small", onclick: () => writeMemo("theme", box.dataset.theme) }, say("memo_theme", { n: memos.length }));
    box.replaceChildren(write);
  }
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filter({ target }) {
  const asked = plain(target.value.trim());
  for (const box of document.querySelectorAll(".themes > li")) {
    box.hidden = !plain(room.study.themes.find((theme) => theme.code === box.dataset.code).label).includes(asked);
  }
}

/** Enter takes the first theme found; Escape goes back to the text. */
function choose(event) {
  if (event.key !== "Enter" && event.key !== "Escape") return;
  event.preventDefault();
  const first = document.querySelector(".themes > li:not([hidden])");
  event.target.value = "";
  filter(event);
  document.querySelector(".segment.at-hand")?.focus({ preventScroll: true });
  if (event.key === "Enter" && first) begin(first.dataset.code);
}
