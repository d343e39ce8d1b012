// What holds in the open transcript, passage by passage: what the server sent, with the decisions it does not have yet
// laid over it. Decides nothing.

import { decided, overlay } from "./outbox.js";
import { on, room, tell } from "./state.js";

/** People's codings of a passage, those of one theme and stance together: {theme, stance, coders, start, end, ...}. */
export function together(codings) {
  const groups = new Map();
  for (const coding of codings) {
    const key = `${coding.theme} ${coding.stance}`;
    const group = groups.get(key) ?? { ...coding, coders: [] };
    if (!group.coders.includes(coding.coder)) group.coders.push(coding.coder);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const NOTHING = { proposals: [], codings: [], refused: [], read: [], memos: [], conflicts: [] };

let bySegment = new Map();
let memos = [];

for (const event of ["transcript", "outbox"]) on(event, renew);

/** {proposals, codings, refused, read, memos, conflicts} of a passage; `saved: false` where the server has it not yet. */
export const standing = (segment) => bySegment.get(segment) ?? NOTHING;

/** The memos on the transcript, its themes and its respondents: those of passages are in `standing`. */
export const memosOf = (kind, ref) => memos.filter((memo) => memo.on === kind && memo.ref === ref);
export const allMemos = () => memos;

export const isRead = (segment) => standing(segment).read.some((each) => each.coder === room.coder);

/** The proposals that the coder has neither taken, with any stance, nor refused. */
export const open = ({ proposals, codings, refused }) =>
  proposals.filter(({ theme }) => ![...codings, ...refused].some((one) => one.coder === room.coder && one.theme === theme));

const isSame = (one, other) => one.coder === other.coder && one.segment === other.segment && one.theme === other.theme;

function drop(rows, isGone) {
  for (const [id, row] of rows) if (isGone(row)) rows.delete(id);
}

// As corpus.codings.journal.standing says what holds.
const LAY = {
  code: (held, one) => {
    drop(held.codings, (other) => isSame(other, one) && other.start === one.start && other.end === one.end);
    drop(held.refused, (other) => isSame(other, one));
    held.codings.set(one.id, { ...one, origin: "journal" });
  },
  refuse: (held, one) => {
    drop(held.codings, (other) => isSame(other, one));
    held.refused.set(one.id, one);
  },
  remove: (held, one) => held.codings.delete(one.ref),
  read: (held, one) => held.read.set(`${one.segment} ${one.coder}`, one),
  memo: (held, one) => held.memos.set(one.id, one),
  undo: (held, one) => {
    for (const kind of [held.codings, held.refused, held.memos]) kind.delete(one.ref);
    const undone = decided(one.ref);
    if (undone?.do === "read") held.read.delete(`${undone.segment} ${undone.coder}`);
  },
};

function renew() {
  const data = room.transcript;
  if (!data) return;
  const held = {
    codings: new Map(data.codings.map((each) => [each.id, each])),
    refused: new Map(data.refused.map((each) => [each.id, each])),
    read: new Map(data.read.map((each) => [`${each.segment} ${each.coder}`, each])),
    memos: new Map(data.memos.map((each) => [each.id, each])),
  };
  for (const decision of overlay()) LAY[decision.do](held, decision);
  memos = [...held.memos.values()];
  bySegment = new Map();
  put("proposals", data.proposals);
  for (const kind of ["codings", "refused", "read"]) put(kind, held[kind].values());
  put("memos", memos.filter((memo) => memo.on === "passage").map((memo) => ({ ...memo, segment: memo.ref })));
  put("conflicts", data.conflicts);
  tell("standing");
}

function put(kind, rows) {
  for (const row of rows) {
    if (!room.transcript.byId.has(row.segment)) continue;
    if (!bySegment.has(row.segment)) bySegment.set(row.segment, structuredClone(NOTHING));
    bySegment.get(row.segment)[kind].push(row);
  }
}
