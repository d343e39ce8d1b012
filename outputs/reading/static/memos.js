// Memos: written on a passage, a theme, a respondent or the transcript, and read again in one list.

import { remember } from "./deciding.js";
import { byId, el, keyed, openDialog, redraw } from "./dom.js";
import { allMemos } from "./standing.js";
import { labelOf, on, room, segmentOf } from "./state.js";
import { goTo } from "./transcript.js";
import { moment, say } from "./words.js";

on("standing", draw);

export function writeMemo(kind, ref) {
  const text = el("textarea", { rows: "6", required: true, "aria-label": say("memo_text"), onkeydown: saveByKey });
  const form = el(
    "form",
    { method: "dialog", onsubmit: () => text.value.trim() && remember(kind, ref, text.value.trim()) },
    ...earlier(kind, ref),
    text,
    el("p", { class: "acts" }, el("button", { class: "main" }, say("save"), el("kbd", { "aria-hidden": "true" }, "Ctrl+Enter")), keyed(say("cancel"), "", () => dialog.close())),
  );
  const dialog = openDialog(`${say("memo")}: ${subject(kind, ref)}`, form);
  text.focus();
}

function saveByKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  event.target.form.requestSubmit();
}

const earlier = (kind, ref) => allMemos().filter((memo) => memo.on === kind && memo.ref === ref).map(memoBox);

function subject(kind, ref) {
  if (kind === "theme") return labelOf(ref);
  if (kind !== "passage") return ref;
  const text = segmentOf(ref)?.text ?? ref;
  return text.length > 60 ? `«${text.slice(0, 60)}…»` : `«${text}»`;
}

const memoBox = (memo) =>
  el("div", { class: "memo" }, el("p", {}, memo.text), el("p", { class: "quiet" }, [memo.coder, memo.at ? moment(memo.at) : say("not_saved")].filter(Boolean).join(" · ")));

function draw() {
  const memos = allMemos();
  const boxes = memos.map((memo) => {
    const name = `${say(`on_${memo.on}`)}: ${subject(memo.on, memo.ref)}`;
    const go = memo.on === "passage" && segmentOf(memo.ref) ? () => goTo(memo.ref) : null;
    return el("li", {}, go ? el("button", { type: "button", class: "name", onclick: go }, name) : el("strong", {}, name), memoBox(memo));
  });
  redraw(byId("memos"), el("h2", {}, say("memos_of", { transcript: room.transcript.id })), boxes.length ? el("ul", { class: "list" }, boxes) : el("p", { class: "quiet" }, say("no_memos")));
}
