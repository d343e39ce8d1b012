// The interviews of the study, each with how far the coder has read it.

import { byId, el, redraw } from "./dom.js";
import { closeDrawers } from "./side.js";
import { on, room } from "./state.js";
import { isRead } from "./standing.js";
import { openTranscript } from "./transcript.js";
import { say } from "./words.js";

for (const event of ["study", "standing", "coder"]) on(event, draw);

function draw() {
  redraw(byId("interviews"), el("ul", { class: "list" }, room.study.transcripts.map(row)));
}

function row({ id, respondents, segments, read, sound }) {
  const isOpen = room.transcript?.id === id;
  const now = isOpen ? room.transcript.segments.filter((each) => each.turn.respondent && isRead(each.id)).length : (read[room.coder] ?? 0);
  const go = () => {
    closeDrawers();
    openTranscript(id);
  };
  const who = respondents.join(", ");
  const facts = [who === id ? "" : who, sound ? say("with_sound") : ""];
  return el(
    "li",
    {},
    el(
      "button",
      { type: "button", class: "name", onclick: go, "aria-current": isOpen ? "true" : null },
      el("span", { class: "row" }, el("strong", {}, id), el("span", { class: "quiet" }, say("read_short", { read: now, of: segments }))),
      el("span", { class: "quiet" }, facts.filter(Boolean).join(" · ")),
      el("progress", { max: Math.max(segments, 1), value: now, "aria-hidden": "true" }),
    ),
  );
}
