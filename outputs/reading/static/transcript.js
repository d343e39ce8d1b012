// The interview as a conversation: turns, passages, marks in the text and stripes at the margin; the passage at hand.

import { announce, byId, el, keyed, redraw } from "./dom.js";
import { describe } from "./deciding.js";
import { markedText, paint } from "./marks.js";
import { writeMemo } from "./memos.js";
import { arrived, mark } from "./outbox.js";
import { keepSelection, selectedRange } from "./positions.js";
import { get } from "./server.js";
import { canPlay, play } from "./sound.js";
import { isRead, memosOf, open, standing, together } from "./standing.js";
import { asReader, labelOf, on, openedTranscript, room, segmentOf, segments, stanceOf, tell } from "./state.js";
import { clock, say } from "./words.js";

const boxes = new Map(); // segment -> its element
const drawn = new Map(); // segment -> what of it is on the screen, so that only what changed is drawn again
let asked = 0; // of several interviews asked for, the last one is shown

on("standing", drawChanged);
on("standing", drawAbout);
on("coder", drawChanged);
on("segment", showSegment);

/** Opens an interview, at a passage or where the coder left off. */
export async function openTranscript(id, segment = null) {
  if (room.transcript?.id !== id) {
    asked += 1;
    if (!(await load(id, asked))) return;
    room.pending = null;
    drawAll();
    tell("transcript");
    announce(say("told_transcript", { transcript: id, n: segments().length }));
  }
  const start = segment && segmentOf(segment) ? segment : (nextUnread(-1) ?? segments()[0]?.id);
  if (start) goTo(start, { focus: Boolean(segment) });
}

/** Fetches the open interview again, for what others did or what the server now holds. */
export async function refresh() {
  const before = room.transcript;
  if (!before || !(await load(before.id, asked))) return;
  const same = JSON.stringify(before.turns) === JSON.stringify(room.transcript.turns);
  if (!same) drawAll();
  tell("transcript");
  if (!same && segmentOf(room.segment)) goTo(room.segment, { focus: false });
}

async function load(id, number) {
  const marked = mark();
  const data = await get(`transcripts/${encodeURIComponent(id)}.json?${asReader()}`);
  if (number !== asked) return false;
  arrived(marked);
  room.transcript = openedTranscript(data);
  return true;
}

export function goTo(segment, { focus = true } = {}) {
  if (room.segment !== segment) room.item = 0;
  room.segment = segment;
  tell("segment");
  const box = boxes.get(segment);
  bring(box);
  if (focus) box.focus({ preventScroll: true });
}

/** Passages out of sight have guessed heights, so the way there is walked until the place stays where it is. */
function bring(box, left = 4) {
  const frame = byId("turns").parentElement.getBoundingClientRect();
  const place = box.getBoundingClientRect();
  const margin = Math.min(120, frame.height / 5);
  if (place.top >= frame.top + margin && place.bottom <= frame.bottom - margin) return;
  box.scrollIntoView({ block: place.height > frame.height / 2 ? "start" : "center", behavior: "instant" });
  if (left) requestAnimationFrame(() => bring(box, left - 1));
}

/** Steps among all passages, or among those of respondents. */
export function move(step, { respondentsOnly }) {
  const all = segments();
  let place = segmentOf(room.segment)?.number ?? -step;
  do place += step;
  while (respondentsOnly && all[place] && all[place].turn.role !== "respondent");
  if (all[place]) goTo(all[place].id);
  else announce(say(step > 0 ? "told_last" : "told_first"));
}

/** The next passage of a respondent that the coder has not read, from a number on. */
export const nextUnread = (number) =>
  segments().find((each) => each.number > number && each.turn.role === "respondent" && !isRead(each.id))?.id;

function drawAll() {
  boxes.clear();
  drawn.clear();
  byId("turns").replaceChildren(...room.transcript.turns.map(turnBox));
}

function turnBox(turn) {
  const time = clock(turn.ms);
  const who = el("p", { class: "who" }, el("span", { class: "speaker" }, turn.speaker), time ? el("time", {}, time) : null);
  return el("article", { class: `turn ${turn.role}`, "aria-label": turn.speaker }, who, turn.segments.map(segmentBox));
}

function segmentBox(segment) {
  const id = `segment-${segment.id}`;
  const box = el(
    "div",
    { class: "segment", role: "group", id, tabindex: "-1", "data-segment": segment.id, "aria-labelledby": `${id}-words ${id}-margin` },
    el("p", { class: "words", id: `${id}-words` }, segment.text),
    el("ul", { class: "margin", id: `${id}-margin` }),
  );
  boxes.set(segment.id, box);
  return box;
}

function drawChanged() {
  for (const { id, text } of segments()) {
    const held = standing(id);
    const now = JSON.stringify([held, room.coder]);
    if (drawn.get(id) === now || (!drawn.has(id) && isEmpty(held))) continue;
    drawn.set(id, now);
    drawSegment(boxes.get(id), text, held);
  }
}

const isEmpty = (held) => Object.values(held).every((rows) => rows.length === 0);

function drawSegment(box, text, held) {
  const proposals = open(held);
  const [words, margin] = box.children;
  keepSelection(words, () => words.replaceChildren(...markedText(text, held.codings, proposals)));
  margin.replaceChildren(
    ...together(held.codings).map((group) => stripe({ ...group, kind: group.coders.includes(room.coder) ? "own" : "other" })),
    ...proposals.map((proposal) => stripe({ ...proposal, kind: "proposal", coders: [say("machine")] })),
    ...(held.conflicts.length ? [conflictNote(held.conflicts)] : []),
    ...held.memos.map((memo) => el("li", { class: "note" }, say("memo_by", memo))),
    ...(isRead(box.dataset.segment) ? [el("li", { class: "tick" }, say("read"))] : []),
  );
  box.classList.toggle("read", held.read.some((each) => each.coder === room.coder));
}

function stripe(one) {
  const who = one.coders.join(", ");
  const state = one.refused ? say("not_accepted") : one.saved === false ? say("not_saved") : "";
  const made = el(
    "li",
    { class: `stripe ${one.kind}${state ? " unsaved" : ""}`, title: describe(one) },
    el("span", { class: "label" }, labelOf(one.theme)),
    " · ",
    el("span", { class: "stance" }, stanceOf(one.stance)),
    " ",
    el("span", { class: "by" }, state ? `${who} · ${state}` : who),
  );
  return paint(made, one.theme);
}

/** `Anna: criticità; Bruno: no` */
export const sides = ({ coders }) =>
  Object.entries(coders).map(([coder, stance]) => `${coder}: ${stance === "no" ? say("no") : stanceOf(stance)}`).join("; ");

function conflictNote(conflicts) {
  return el("li", { class: "note conflict" }, say("conflicts", { themes: conflicts.map((each) => labelOf(each.theme)).join(", ") }));
}

let atHand = null;

function showSegment() {
  atHand?.classList.remove("at-hand");
  atHand?.setAttribute("tabindex", "-1");
  atHand?.removeAttribute("aria-current");
  atHand = boxes.get(room.segment);
  atHand?.classList.add("at-hand");
  atHand?.setAttribute("tabindex", "0");
  atHand?.setAttribute("aria-current", "true");
}

function drawAbout() {
  const { id, file } = room.transcript;
  const { respondents } = room.study.transcripts.find((each) => each.id === id);
  const about = room.study.respondents.filter((each) => respondents.includes(each.id));
  const speaking = segments().filter((each) => each.turn.role === "respondent");
  const read = speaking.filter((each) => isRead(each.id)).length;
  redraw(
    byId("about"),
    el("h2", {}, id, " ", el("span", { class: "file" }, file)),
    ...about.map((each) => aboutRespondent(each)),
    ...(room.transcript.lost ?? []).map(({ coder, theme, text }) => el("p", { class: "conflict" }, say("lost", { coder, theme: labelOf(theme), text }))),
    el(
      "p",
      { class: "progress" },
      el("progress", { max: Math.max(speaking.length, 1), value: read, "aria-label": say("progress") }),
      say("read_of", { read, of: speaking.length }),
      keyed(say("memo_transcript", { n: memosOf("transcript", id).length }), "", () => writeMemo("transcript", id)),
      canPlay() ? keyed(say("listen"), "s", play) : null,
    ),
  );
}

function aboutRespondent({ id, about }) {
  const memo = keyed(say("memo_respondent", { n: memosOf("respondent", id).length }), "", () => writeMemo("respondent", id));
  return el("p", { class: "respondent" }, el("strong", {}, id), about ? ` ${about} ` : " ", memo);
}

/** The mouse chooses a passage; words that it selects stay selected. */
export function listenToMouse() {
  byId("turns").addEventListener("pointerup", (event) => {
    const range = selectedRange();
    const from = range ? range.startContainer.parentElement : event.target;
    const box = from.closest(".segment");
    if (!box || box.dataset.segment === room.segment) return;
    room.item = 0;
    room.segment = box.dataset.segment;
    tell("segment");
    if (!range) box.focus({ preventScroll: true });
  });
}
