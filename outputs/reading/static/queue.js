// What to read next: the passages most worth a person's reading, or a random sample in the order it was drawn.

import { announce, byId, el, redraw } from "./dom.js";
import { get, post } from "./server.js";
import { closeDrawers, showPanel, shownPanel, whenShown } from "./side.js";
import { isRead } from "./standing.js";
import { asReader, on, room, segmentOf } from "./state.js";
import { watchRun } from "./run.js";
import { nextUnread, openTranscript } from "./transcript.js";
import { percent, say } from "./words.js";

const LENGTH = 20; // passages asked for at once
const DRAWN = 30; // passages of a new random sample

let preparing = "";
let timer = null;

whenShown("queue", () => (room.queue ? draw() : load("worth")));
for (const event of ["segment", "standing"]) on(event, () => shownPanel() === "queue" && draw());

export async function load(kind) {
  clearTimeout(timer);
  const asked = await get(`queue.json?${asReader({ kind, n: LENGTH })}`);
  preparing = asked.preparing ? asked.message : "";
  room.queue = { ...asked, kind, read: new Set() };
  if (asked.preparing) timer = setTimeout(() => load(kind), 2000);
  draw();
}

/** The next passage: of the queue while its panel is shown, else the next unread one of the interview. */
export async function goOn() {
  if (room.queue?.items.length && shownPanel() === "queue") return goOnInQueue();
  const next = nextUnread(segmentOf(room.segment)?.number ?? -1);
  if (next) return openTranscript(room.transcript.id, next);
  announce(say("told_all_read"));
}

async function goOnInQueue() {
  const { items, read, kind } = room.queue;
  if (room.segment && isRead(room.segment)) read.add(room.segment);
  const place = items.findIndex((each) => each.segment === room.segment);
  const next = items.slice(place + 1).find((each) => !isDone(each, read));
  if (next) return openItem(next);
  await load(kind);
  const first = room.queue.items.find((each) => !isDone(each, read));
  if (first) return openItem(first);
  announce(say("told_queue_done"));
}

const openItem = ({ transcript, segment }) => {
  closeDrawers();
  return openTranscript(transcript, segment);
};

function draw() {
  const { kind, items, of, read } = room.queue;
  const done = room.queue.done + items.filter((each) => isDone(each, read)).length;
  const choice = (value) => el("button", { type: "button", "aria-pressed": String(kind === value), onclick: () => load(value) }, say(`queue_${value}`));
  redraw(
    byId("queue"),
    el("p", { class: "acts", role: "group", "aria-label": say("queue") }, choice("worth"), choice("sample")),
    el("p", { class: "quiet" }, say(`queue_${kind}_help`)),
    preparing ? el("p", { role: "status" }, preparing) : null,
    of ? el("p", { class: "progress" }, el("progress", { max: of, value: done, "aria-label": say("progress") }), say("done_of", { done, of })) : null,
    items.length ? el("ol", { class: "list" }, items.map(row)) : preparing ? null : el("p", { class: "quiet" }, say(`queue_${kind}_empty`)),
    kind === "sample" ? el("p", {}, el("button", { type: "button", onclick: drawSample }, say("draw_sample", { n: DRAWN }))) : null,
  );
}

const isDone = ({ segment, transcript }, read) => read.has(segment) || (transcript === room.transcript?.id && isRead(segment));

function row(item) {
  const done = isDone(item, room.queue.read);
  const facts = [item.why, item.probability ? say("with_probability", { p: percent(item.probability) }) : "", done ? say("read") : ""];
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "name", onclick: () => openItem(item), "aria-current": item.segment === room.segment ? "true" : null },
      el("strong", {}, item.segment),
      el("span", { class: "quiet" }, facts.filter(Boolean).join(" · ")),
    ),
  );
}

async function drawSample() {
  await post("draws", { n: DRAWN });
  watchRun(() => shownPanel() === "queue" && showSample());
}

function showSample() {
  showPanel("queue");
  load("sample");
}
