// The passage at hand, beside the text: what the machine proposes, what people coded, what can be done with it.

import { accept, cancel, correct, decidedOthers, finish, item, items, keepAsIs, markRead, refuse } from "./deciding.js";
import { byId, el, keyed, redraw } from "./dom.js";
import { paint } from "./marks.js";
import { writeMemo } from "./memos.js";
import { goOn } from "./queue.js";
import { canPlay, play } from "./sound.js";
import { isRead, standing } from "./standing.js";
import { labelOf, on, room, segmentOf, segments, stanceOf, tell } from "./state.js";
import { sides } from "./transcript.js";
import { clock, percent, say } from "./words.js";

for (const event of ["segment", "item", "pending", "standing", "coder"]) on(event, draw);

function draw() {
  const segment = segmentOf(room.segment);
  if (!segment) return redraw(byId("passage"), el("p", { class: "quiet" }, say("choose_passage")));
  const held = standing(segment.id);
  redraw(
    byId("passage"),
    el("h2", {}, say("passage_of", { n: segment.number + 1, of: segments().length })),
    el("p", { class: "quiet" }, [segment.turn.speaker, clock(segment.ms), readBy(held.read)].filter(Boolean).join(" · ")),
    ...(room.pending ? [pendingBox()] : []),
    itemList(),
    ...decidedOthers().map(({ theme, stance, coders }) =>
      paint(el("p", { class: "stripe other quiet" }, `${labelOf(theme)} · ${stanceOf(stance)} · ${coders.join(", ")}`), theme)),
    ...held.conflicts.map(({ theme, ...rest }) =>
      el("p", { class: "conflict" }, say("conflict", { theme: labelOf(theme), sides: sides(rest) }))),
    ...held.refused.map((one) => el("p", { class: "quiet refused" }, say("refused_by", { coder: one.coder, theme: labelOf(one.theme) }))),
    ...held.memos.map((memo) => el("p", { class: "memo" }, say("memo_by", memo))),
    el(
      "p",
      { class: "acts" },
      keyed(say("mark_read"), "Enter", readOn),
      keyed(say("memo"), "m", () => writeMemo("passage", segment.id)),
      canPlay() ? keyed(say("listen"), "s", play) : null,
    ),
  );
}

const readBy = (read) => (read.length ? say("read_by", { coders: read.map((each) => each.coder).join(", ") }) : "");

/** Read whole, and on to the next: of the queue, where one is gone through. */
export function readOn() {
  if (!room.segment) return;
  if (!isRead(room.segment)) markRead();
  goOn();
}

/** What a coding that is being made still needs. */
function pendingBox() {
  const { asks, theme, stance, places } = room.pending;
  const words = places.map((place) => place.words).join(" … ");
  const title = say(`ask_${asks}`, { theme: labelOf(theme) });
  const choices = asks === "stance" ? room.study.stances.map(({ code, label }, n) => keyed(label, String(n + 1), () => finish(code))) : [];
  const same = asks === "theme" ? keyed(say("same_theme", { theme: labelOf(theme) }), "Enter", keepAsIs) : null;
  return el(
    "div",
    { class: "pending", role: "group", "aria-label": title },
    paint(el("p", { class: "stripe own" }, el("span", { class: "label" }, title)), theme),
    el("blockquote", {}, words.length > 160 ? `${words.slice(0, 160)}…` : words),
    el("p", { class: "acts" }, choices, same, keyed(say("cancel"), "Esc", cancel)),
    asks === "theme" || stance ? el("p", { class: "quiet" }, say(`help_${asks}`, { stance: stanceOf(stance) })) : null,
  );
}

function itemList() {
  const all = items();
  if (!all.length) return el("p", { class: "quiet" }, say(room.blind ? "nothing_coded_blind" : "nothing_coded"));
  const current = item();
  return el("ul", { class: "items" }, all.map((one, place) => itemBox(one, place, all[place].id === current.id && one.theme === current.theme && one.kind === current.kind)));
}

function itemBox(one, place, current) {
  const who = one.kind === "proposal" ? `${say("machine")}${one.score ? ` ${percent(one.score)}` : ""}` : one.coders.join(", ");
  const take = () => {
    room.item = place;
    tell("item");
  };
  const name = el(
    "button",
    { type: "button", class: "name", onclick: take, "aria-pressed": String(current) },
    el("span", { class: "label" }, labelOf(one.theme)),
    " · ",
    el("span", { class: "stance" }, stanceOf(one.stance)),
    " ",
    el("span", { class: "by" }, who),
  );
  const acts = [
    one.kind === "own" ? null : keyed(say("accept"), current ? "a" : "", () => accept(one)),
    keyed(say("correct"), current ? "c" : "", () => correct(one)),
    keyed(say(one.kind === "own" ? "remove" : "refuse"), current ? "x" : "", () => refuse(one)),
  ];
  const unsaved = one.refused ? el("p", { class: "conflict" }, one.refused) : null;
  return paint(el("li", { class: `stripe ${one.kind}` }, name, el("p", { class: "acts" }, acts), unsaved), one.theme);
}
