// What other people do meanwhile, asked for every few seconds while the window is seen.

import { announce } from "./dom.js";
import { get } from "./server.js";
import { asReader, room } from "./state.js";
import { say } from "./words.js";

const EVERY = 5000; // milliseconds

let after = null;
let version = null;

/** `renew(everything)` is called when others decided something, `everything` where a file of the study changed. */
export function watchChanges(renew) {
  const look = async () => {
    if (!document.hidden) await lookOnce(renew).catch(() => null); // the outbox tells that the server is away
    setTimeout(look, EVERY);
  };
  look();
}

async function lookOnce(renew) {
  const first = after === null;
  const news = await get(`changes.json?${asReader({ after: after ?? 0 })}`);
  const others = news.decisions.filter((decision) => decision.coder !== room.coder);
  const changed = version !== null && news.version !== version;
  after = news.at;
  version = news.version;
  if (first || (!others.length && !changed)) return;
  await renew(changed);
  if (room.blind || !others.length) return;
  const names = [...new Set(others.map((decision) => decision.coder))].join(", ");
  announce(say("told_others", { coders: names, n: others.length }));
}
