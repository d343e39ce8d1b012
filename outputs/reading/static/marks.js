// A passage's text cut where codings begin and end, and the colours of themes. Knows no document but what it makes.

import { el } from "./dom.js";
import { offsetOf } from "./positions.js";
import { room, themeOf } from "./state.js";

// Each stands out 3:1 from light and from dark paper; neighbours differ in hue. Behind the last they begin again.
const PALETTE = (
  "#3b76c4 #c2543f #2f8f62 #8f5bb8 #a5761a #1f8a99 #c04b8f #74852a #5d6fd0 #c8661c #8a6d5a #3f8bb0"
).split(" ");
const TINT = "38"; // alpha of what lies behind words, in hexadecimal

/** The colour of a theme: the study's own, or one of the palette. */
export function colourOf(code) {
  const theme = themeOf(code);
  return theme?.color || PALETTE[(theme?.number ?? 0) % PALETTE.length];
}

/** Gives an element its theme's colour as --theme and --tint. */
export function paint(element, code) {
  const colour = colourOf(code);
  element.style.setProperty("--theme", colour);
  element.style.setProperty("--tint", colour + TINT);
  return element;
}

/** The text as nodes: people's codings as tinted, underlined marks, the machine's open proposals dashed. */
export function markedText(text, codings, proposals) {
  const spans = [
    ...codings.map((coding) => ({ ...coding, by: coding.coder === room.coder ? "own" : "other" })),
    ...proposals.map((proposal) => ({ ...proposal, by: "machine" })),
  ].map((span) => ({ ...span, from: offsetOf(text, span.start), to: offsetOf(text, span.end) }));
  const cuts = [...new Set([0, text.length, ...spans.flatMap((span) => [span.from, span.to])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, place) => {
    const piece = text.slice(from, cuts[place + 1]);
    const over = spans.filter((span) => span.from <= from && span.to >= cuts[place + 1]);
    return over.length ? mark(piece, over) : piece;
  });
}

function mark(piece, over) {
  const people = over.filter((span) => span.by !== "machine");
  const first = people.find((span) => span.by === "own") ?? people[0] ?? over[0];
  const made = paint(el("mark", { class: [...new Set(over.map((span) => span.by))].join(" ") }, piece), first.theme);
  const themes = [...new Set(people.map((span) => span.theme))];
  const lines = themes.map((theme, level) => `0 ${3 * level + 2}px 0 ${colourOf(theme)}, 0 ${3 * level + 3}px 0 var(--paper)`);
  made.style.setProperty("--lines", lines.join(", ") || "none");
  return made;
}
