// Words looked for in all interviews, each where it stands between its neighbours.

import { announce, byId, el } from "./dom.js";
import { get } from "./server.js";
import { closeDrawers, showPanel } from "./side.js";
import { openTranscript } from "./transcript.js";
import { say } from "./words.js";

const LINES = 200;

let asked = 0;

export function findWords() {
  showPanel("search");
  byId("find-words").focus();
  byId("find-words").select();
}

export function drawSearch() {
  const field = el("input", { id: "find-words", name: "q", type: "search", "aria-label": say("find_words") });
  const form = el("form", { role: "search", class: "find", onsubmit: submit }, el("span", { "aria-hidden": "true" }, say("find_words")), field);
  byId("search").replaceChildren(form, el("p", { class: "quiet", id: "found", role: "status" }, say("find_help")), el("ol", { class: "concordance", id: "lines" }));
}

async function submit(event) {
  event.preventDefault();
  const words = new FormData(event.target).get("q").trim();
  if (!words) return;
  asked += 1;
  byId("found").textContent = say("searching");
  const number = asked;
  const { of, lines } = await get(`search.json?${new URLSearchParams({ q: words, n: LINES })}`);
  if (number !== asked) return;
  const told = of > lines.length ? say("found_some", { n: lines.length, of }) : say("found_all", { n: lines.length });
  byId("found").textContent = told;
  announce(told);
  byId("lines").replaceChildren(...lines.map(line));
}

function line({ transcript, segment, speaker, left, match, right }) {
  const go = () => {
    closeDrawers();
    openTranscript(transcript, segment);
  };
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "name", onclick: go },
      el("span", { class: "line" }, left, el("mark", {}, match), right),
      el("span", { class: "quiet" }, `${transcript} · ${speaker}`),
    ),
  );
}
