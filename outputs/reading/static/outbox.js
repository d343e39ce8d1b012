// Decisions from the moment they are made until the server has them. Loses none: what is not acknowledged stays in the
// browser's storage, also when the window or the server dies, and is sent again. A repeated id is written once, so two
// windows may send the same.

import { post, Refusal } from "./server.js";
import { room, tell } from "./state.js";

const PAUSES = [1, 2, 4, 8, 15]; // seconds before the next try

const waiting = new Map(); // id -> {decision, refused: why the server said no, or ""}
const past = new Map(); // id -> decision: all that this window made
const acknowledged = new Map(); // id -> decision: saved, but not yet in what the server last sent
let sending = false;
let tries = 0;
let timer = null;
let trouble = null;

// A service has many studies at one origin, `trama read` one port for many where somebody says so.
const prefix = () => `trama:unsaved:${location.pathname}:${room.study.title}:`;

/** Takes up what another window, or this one before it died, could not send. */
export function openOutbox() {
  takeUp();
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(prefix())) takeUp();
  });
  addEventListener("online", send);
  addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
  send();
}

function takeUp() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix()));
  const stored = keys.map((key) => JSON.parse(localStorage.getItem(key)));
  for (const id of waiting.keys()) if (!stored.some((decision) => decision.id === id)) waiting.delete(id);
  stored.sort((one, other) => (one.made < other.made ? -1 : 1));
  for (const decision of stored) if (!waiting.has(decision.id)) waiting.set(decision.id, { decision, refused: "" });
  tell("outbox");
}

/** The decisions that what the server sent does not hold yet, oldest first, each with `saved` and `refused`. */
export const overlay = () => [
  ...[...acknowledged.values()].map((decision) => ({ ...decision, saved: true })),
  ...[...waiting.values()].map(({ decision, refused }) => ({ ...decision, saved: false, refused })),
];

export const isRefused = (id) => Boolean(waiting.get(id)?.refused);
export const decided = (id) => past.get(id);
export const unsaved = () => [...waiting.values()];
export const whyUnsaved = () => trouble;

export function keep(decision) {
  const numbered = { ...decision, made: `${Date.now()}.${String(waiting.size).padStart(4, "0")}` };
  past.set(decision.id, decision);
  waiting.set(decision.id, { decision: numbered, refused: "" });
  localStorage.setItem(prefix() + decision.id, JSON.stringify(numbered));
  tell("outbox");
  send();
}

/** Another try of all that waits, also of what the server refused. */
export function retry() {
  for (const each of waiting.values()) each.refused = "";
  tries = 0;
  send();
}

export function discard(id) {
  waiting.delete(id);
  localStorage.removeItem(prefix() + id);
  tell("outbox");
}

/** Of data asked for after `mark()` and now here: the decisions acknowledged before are in it. */
export const mark = () => [...acknowledged.keys()];
export const arrived = (marked) => marked.forEach((id) => acknowledged.delete(id));

const first = () => [...waiting.values()].find((each) => !each.refused);

async function send() {
  clearTimeout(timer);
  if (sending) return;
  sending = true;
  let goes = true;
  while (goes && first()) goes = await sent(first());
  sending = false;
  if (first()) timer = setTimeout(send, 1000 * PAUSES[Math.min(tries++, PAUSES.length - 1)]);
  tell("outbox");
}

/** Whether the next one may be tried at once. */
async function sent(each) {
  const { made, ...decision } = each.decision;
  try {
    await post("decisions", decision);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.passing) {
      trouble = error;
      return false;
    }
    each.refused = error.message || String(error.status);
    if (error.status === 409) tell("moved");
    return true;
  }
  trouble = null;
  tries = 0;
  acknowledged.set(decision.id, decision);
  discard(decision.id);
  tell("saved");
  return true;
}
