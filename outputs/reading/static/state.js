// What the room knows and who wants to hear of it. Draws nothing, asks nothing.
//
// Events: "study" (study.json came), "transcript" (another one is open), "standing" (what holds in it changed), "segment"
// (another passage is at hand), "item" (another coding of it), "pending" (a coding is being made), "coder", "outbox",
// "saved" (a decision was), "moved" (the text is another now), "run" (one ended well).

export const room = {
  study: null,
  transcript: null,
  coder: "",
  blind: false,
  segment: null, // id of the passage at hand
  item: 0, // which of its proposals and codings is at hand
  pending: null, // {asks: "theme" or "stance", theme, stance, places, proposal, replaces}
  queue: null, // {kind, items, at}
};

/** Who asks, and whether blind: what the server shows depends on both. */
export const asReader = (asked = {}) =>
  new URLSearchParams({ ...asked, coder: room.coder, ...(room.blind ? { blind: "1" } : {}) });

const bus = new EventTarget();

export const on = (event, run) => bus.addEventListener(event, () => run());
export const tell = (event) => bus.dispatchEvent(new Event(event));

export const themeOf = (code) => room.study.themes.find((theme) => theme.code === code);
export const labelOf = (code) => themeOf(code)?.label ?? code;
export const stanceOf = (code) => room.study.stances.find((stance) => stance.code === code)?.label ?? code;

/** The segments of the open transcript in order, each with its turn. */
export const segments = () => room.transcript?.segments ?? [];
export const segmentOf = (id) => room.transcript?.byId.get(id);

/** transcripts/ID.json with its segments by id. */
export function openedTranscript(data) {
  const rows = [];
  for (const turn of data.turns) for (const segment of turn.segments) rows.push({ ...segment, turn, number: rows.length });
  return { ...data, segments: rows, byId: new Map(rows.map((row) => [row.id, row])) };
}
