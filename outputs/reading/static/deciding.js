// What a coder decides: a theme with its stance, a proposal accepted, corrected or refused, a passage read, a memo, and
// back again. Every decision goes to the outbox at once; nothing here waits for the server.

import { askName } from "./coder.js";
import { announce } from "./dom.js";
import { discard, isRefused, keep } from "./outbox.js";
import { chosen, select, selectNothing } from "./positions.js";
import { labelOf, room, segmentOf, stanceOf, tell } from "./state.js";
import { open, standing, together } from "./standing.js";
import { say } from "./words.js";

const done = []; // what ctrl+z takes back, last first out: the ids of one act each
const undone = []; // what ctrl+y brings back: the ids of one undoing each

/** What can be decided on in the passage at hand, in the order of the panel: the machine's, others', one's own. */
export function items() {
  const held = standing(room.segment);
  const [own, others] = byWhom(held.codings);
  const proposals = open(held).map((each) => ({ ...each, kind: "proposal", coders: [] }));
  return [...proposals, ...undecided(held, others), ...own.map((each) => ({ ...each, kind: "own", coders: [each.coder] }))];
}

/** Other people's codings of themes that the coder has decided on, here. */
export function decidedOthers() {
  const held = standing(room.segment);
  const [, others] = byWhom(held.codings);
  const left = undecided(held, others).map((each) => each.theme);
  return together(others).filter((each) => !left.includes(each.theme));
}

const byWhom = (codings) => [true, false].map((own) => codings.filter((each) => (each.coder === room.coder) === own));

function undecided(held, others) {
  const own = [...held.codings, ...held.refused].filter((each) => each.coder === room.coder).map((each) => each.theme);
  return together(others.filter((each) => !own.includes(each.theme))).map((each) => ({ ...each, kind: "other" }));
}

export const item = () => items()[Math.min(room.item, items().length - 1)];

export function nextItem(step = 1) {
  const all = items();
  if (!all.length) return announce(say("nothing_here"));
  room.item = (Math.min(room.item, all.length - 1) + step + all.length) % all.length;
  tell("item");
  announce(describe(item()));
}

export function describe({ kind, theme, stance, coders }) {
  const facts = { theme: labelOf(theme), stance: stanceOf(stance), coder: coders.join(", ") };
  return say(kind === "proposal" ? "told_proposal" : "told_coding", facts);
}

/** A theme waits for its stance, on the words selected or on the whole passage, or on those of what is corrected. */
export function begin(theme) {
  const selected = room.pending?.places ?? chosen();
  const places = selected.filter((place) => segmentOf(place.segment).turn.respondent);
  if (!places.length) return announce(say(selected.length ? "not_codable" : "choose_passage"));
  room.pending = { ...room.pending, theme, places, asks: "stance" };
  tell("pending");
  announce(say("ask_stance_told", { theme: labelOf(theme), words: places.map((place) => place.words).join(" … ") }));
}

/** The proposal or coding at hand is taken up anew: first its theme is asked for, then its stance. */
export function correct(one = item()) {
  if (!one) return announce(say("nothing_here"));
  const place = { segment: room.segment, start: one.start, end: one.end, words: wordsAt(one) };
  room.pending = {
    asks: "theme",
    theme: one.theme,
    stance: one.stance,
    places: [place],
    proposal: one.kind === "own" ? null : { theme: one.theme, stance: one.stance },
    replaces: one.kind === "own" ? one : null,
  };
  select(room.segment, one.start, one.end);
  tell("pending");
  announce(say("correct_told", { theme: labelOf(one.theme) }));
}

export function cancel() {
  room.pending = null;
  selectNothing();
  tell("pending");
}

/** What is asked for stays as it was in what is corrected. */
export function keepAsIs() {
  if (room.pending.asks === "theme") begin(room.pending.theme);
  else if (room.pending.stance) finish(room.pending.stance);
  else announce(say("ask_stance", { theme: labelOf(room.pending.theme) }));
}

/** The stance of the theme that waits: the coding is made. */
export function finish(stance) {
  const { theme, places, proposal, replaces } = room.pending;
  const codings = places.map((place) => ({ do: "code", ...at(place), theme, stance, ...(proposal ? { proposal } : {}) }));
  const refused = proposal && proposal.theme !== theme ? [{ do: "refuse", segment: places[0].segment, theme: proposal.theme }] : [];
  const removed = replaces && !(replaces.theme === theme && sameWords(replaces, places[0])) ? [takeAway(replaces)] : [];
  room.pending = null;
  selectNothing();
  tell("pending");
  decide([...removed, ...codings, ...refused], say("told_coded", { theme: labelOf(theme), stance: stanceOf(stance) }));
}

export function accept(one = item()) {
  if (!one || one.kind === "own") return announce(say("nothing_to_accept"));
  const place = { segment: room.segment, start: one.start, end: one.end, words: wordsAt(one) };
  const proposal = { theme: one.theme, stance: one.stance };
  const told = say("told_accepted", { theme: labelOf(one.theme), stance: stanceOf(one.stance) });
  decide([{ do: "code", ...at(place), theme: one.theme, stance: one.stance, proposal }], told);
}

/** No to a proposal or to a colleague's coding; one's own coding is taken away. */
export function refuse(one = item()) {
  if (!one) return announce(say("nothing_here"));
  const theme = labelOf(one.theme);
  if (one.kind === "own") return decide([takeAway(one)], say("told_removed", { theme }));
  decide([{ do: "refuse", segment: room.segment, theme: one.theme }], say("told_refused", { theme }));
}

export function markRead() {
  const asked = room.queue?.items.find((each) => each.segment === room.segment);
  decide([{ do: "read", segment: room.segment, ...(asked?.draw ? { draw: asked.draw } : {}) }], say("told_read"));
}

export const remember = (kind, ref, text) => decide([{ do: "memo", on: kind, ref, text, ...(kind === "passage" ? { segment: ref } : {}) }], say("told_memo"));

export function undo() {
  const last = done.pop();
  if (!last) return announce(say("nothing_to_undo"));
  undone.push(takeBack(last));
  announce(say("told_undone"));
}

export function redo() {
  const last = undone.pop();
  if (!last) return announce(say("nothing_to_redo"));
  done.push(takeBack(last));
  announce(say("told_redone"));
}

/** What the server refused is dropped: there is nothing to take back. */
function takeBack(ids) {
  const saved = ids.filter((id) => !isRefused(id));
  ids.filter(isRefused).forEach(discard);
  return send(saved.reverse().map((id) => ({ do: "undo", ref: id })));
}

const sameWords = (one, other) => one.start === other.start && one.end === other.end;

/** A coding that a file holds stays there; here its coder says no to it. */
function takeAway({ id, origin, segment, theme }) {
  return origin === "journal" ? { do: "remove", ref: id } : { do: "refuse", segment, theme };
}

const at = ({ segment, start, end, words }) => ({ segment, start, end, words });

const wordsAt = ({ start, end }) => [...segmentOf(room.segment).text].slice(start, end).join("");

async function decide(decisions, told) {
  if (!room.coder && !(await askName())) return;
  done.push(send(decisions));
  undone.length = 0;
  announce(told);
}

/** Ids are made here, so that a repeated request writes nothing twice. */
function send(decisions) {
  const made = decisions.map((decision) => ({
    id: [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    coder: room.coder,
    transcript: room.transcript.id,
    ...decision,
  }));
  made.forEach(keep);
  return made.map((decision) => decision.id);
}
