// Places in the text: what the browser selects, in UTF-16 units, as code points of a passage, and words one by one.

import { room } from "./state.js";

const wordsIn = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });

let reach = null; // {segment, anchor, head}: which words the keyboard has selected

export const wordsOf = (segment) => document.querySelector(`[data-segment="${CSS.escape(segment)}"] > .words`);
const codePoints = (text) => [...text].length;

/** What people count in code points as an offset of JavaScript's. */
export const offsetOf = (text, point) => [...text].slice(0, point).join("").length;

/** What is selected, passage by passage: {segment, start, end, words}; the passage at hand whole where nothing is. */
export function chosen() {
  const range = selectedRange();
  const touched = range ? [...document.querySelectorAll("#turns .words")].filter((words) => range.intersectsNode(words)) : [];
  const parts = touched.map((words) => partOf(words, range)).filter((part) => part.words);
  if (parts.length || !room.segment) return parts;
  return [wholeOf(room.segment)];
}

export function selectedRange() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return document.getElementById("turns").contains(range.commonAncestorContainer) ? range : null;
}

function wholeOf(segment) {
  const text = room.transcript.byId.get(segment).text;
  return { segment, start: 0, end: codePoints(text), words: text };
}

function partOf(words, range) {
  const text = words.textContent;
  const before = document.createRange();
  before.selectNodeContents(words);
  const whole = before.cloneRange();
  if (before.comparePoint(range.startContainer, range.startOffset) === 0) whole.setStart(range.startContainer, range.startOffset);
  if (before.comparePoint(range.endContainer, range.endOffset) === 0) whole.setEnd(range.endContainer, range.endOffset);
  before.setEnd(whole.startContainer, whole.startOffset);
  const taken = whole.toString();
  const start = before.toString().length + taken.length - taken.trimStart().length;
  const part = taken.trim();
  const first = codePoints(text.slice(0, start));
  return { segment: words.parentElement.dataset.segment, start: first, end: first + codePoints(part), words: part };
}

export function selectNothing() {
  reach = null;
  getSelection().removeAllRanges();
}

/** Moves the end of the selection by `step` words, with `stretch`; else selects the next or previous word alone. */
export function selectWords(step, stretch) {
  const words = room.segment && wordsOf(room.segment);
  if (!words) return "";
  const text = words.textContent;
  const all = [...wordsIn.segment(text)].filter((each) => each.isWordLike);
  if (!all.length) return "";
  if (reach?.segment !== room.segment || !selectedRange()) {
    const first = step > 0 ? 0 : all.length - 1;
    reach = { segment: room.segment, anchor: first, head: first };
  } else {
    reach.head = Math.min(Math.max(reach.head + step, 0), all.length - 1);
    if (!stretch) reach.anchor = reach.head;
  }
  const first = all[Math.min(reach.anchor, reach.head)];
  const last = all[Math.max(reach.anchor, reach.head)];
  const range = rangeOf(words, first.index, last.index + last.segment.length);
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  return text.slice(first.index, last.index + last.segment.length);
}

/** Draws a passage's words anew; what was selected in them is selected again. */
export function keepSelection(words, draw) {
  const selection = getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = selection;
  const anchor = isCollapsed ? null : placeIn(words, anchorNode, anchorOffset);
  const focus = isCollapsed ? null : placeIn(words, focusNode, focusOffset);
  draw();
  if (anchor === null && focus === null) return;
  const from = anchor === null ? [anchorNode, anchorOffset] : pointAt(words, anchor);
  const to = focus === null ? [focusNode, focusOffset] : pointAt(words, focus);
  selection.setBaseAndExtent(...from, ...to);
}

function placeIn(words, node, offset) {
  if (!words.contains(node)) return null;
  const before = document.createRange();
  before.selectNodeContents(words);
  before.setEnd(node, offset);
  return before.toString().length;
}

function pointAt(words, place) {
  const range = rangeOf(words, place, place);
  return [range.startContainer, range.startOffset];
}

/** Shows a part of a passage, in code points, as selected. */
export function select(segment, start, end) {
  const words = wordsOf(segment);
  const text = words.textContent;
  const range = rangeOf(words, offsetOf(text, start), offsetOf(text, end));
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function rangeOf(words, start, end) {
  const range = document.createRange();
  const walker = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
  let passed = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.data.length;
    if (start >= passed && start <= passed + length) range.setStart(node, start - passed);
    if (end >= passed && end <= passed + length) {
      range.setEnd(node, end - passed);
      break;
    }
    passed += length;
  }
  return range;
}
