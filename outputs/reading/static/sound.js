// The recording beside the transcript, from the second where the passage begins.

import { announce, byId, el } from "./dom.js";
import { room, segmentOf, segments } from "./state.js";
import { say } from "./words.js";

let player = null;

export const canPlay = () => Boolean(room.transcript?.sound) && segments().some((each) => each.ms !== null);

/** Plays from the passage at hand, or pauses. */
export function play() {
  if (!canPlay()) return;
  const address = room.transcript.sound;
  if (player?.dataset.of !== address) {
    player = el("audio", { controls: true, preload: "auto", src: address, "data-of": address });
    byId("sound").replaceChildren(player);
    byId("sound").hidden = false;
  }
  if (!player.paused) return player.pause();
  player.currentTime = (momentOf(room.segment) ?? 0) / 1000;
  player.play().catch(() => announce(say("no_sound")));
}

/** A passage without a time of its own is heard from the last one before it that has one. */
function momentOf(id) {
  const until = segments().slice(0, (segmentOf(id)?.number ?? 0) + 1);
  return until.findLast((each) => each.ms !== null)?.ms ?? until.at(-1)?.turn.ms;
}
