// The reading room in the browser: opens the study, then everything listens to everything through `state`.

import "./passage.js";
import "./interviews.js";
import "./agreement.js";
import "./saving.js";
import { watchChanges } from "./changes.js";
import { askName, rememberedCoder } from "./coder.js";
import { byId } from "./dom.js";
import { openHelp } from "./help.js";
import { listenToKeys } from "./keys.js";
import { openOutbox } from "./outbox.js";
import { startRun, watchRun } from "./run.js";
import { drawSearch } from "./search.js";
import { get, Refusal } from "./server.js";
import { listenToTabs } from "./side.js";
import { asReader, on, room, tell } from "./state.js";
import { listenToMouse, openTranscript, refresh } from "./transcript.js";
import { say } from "./words.js";

async function openRoom() {
  rememberedCoder();
  await fetchStudy();
  rememberedCoder();
  drawSearch();
  listenToTabs();
  listenToKeys();
  listenToMouse();
  byId("coder").addEventListener("click", askName);
  byId("help").addEventListener("click", openHelp);
  byId("update").addEventListener("click", startRun);
  addEventListener("hashchange", openPlace);
  on("segment", keepPlace);
  on("coder", () => renew(true));
  on("saved", soon(refresh));
  for (const event of ["run", "moved"]) on(event, () => renew(true));
  openOutbox();
  await openPlace();
  watchRun();
  watchChanges(renew);
  if (!room.coder) askName();
}

async function fetchStudy() {
  room.study = await get(`study.json?${asReader()}`);
  byId("real-names").hidden = !room.study.names;
  tell("study");
}

async function renew(everything) {
  if (everything) await fetchStudy();
  await refresh();
}

/** `#segment=S01:0003` opens that place, as the report's links and copied addresses ask. */
function openPlace() {
  const segment = new URLSearchParams(location.hash.slice(1)).get("segment");
  const transcript = segment?.slice(0, segment.lastIndexOf(":"));
  if (segment === room.segment && segment) return null;
  const known = room.study.transcripts.some((each) => each.id === transcript);
  if (known) return openTranscript(transcript, segment);
  const first = room.study.transcripts[0];
  if (!first) byId("turns").textContent = say("no_interviews");
  return room.transcript || !first ? null : openTranscript(first.id);
}

const keepPlace = soon(() => history.replaceState(null, "", `#segment=${encodeURIComponent(room.segment)}`));

/** Once for many calls that come close together. */
function soon(run, wait = 300) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

/** What the server cannot answer is said where it is seen; decisions have their own place (saving.js). */
addEventListener("unhandledrejection", ({ reason }) => {
  byId("run-told").textContent = reason instanceof Refusal ? reason.message || say("away") : say("fault");
});

openRoom();
