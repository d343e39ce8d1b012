// "Aggiorna": a run from here, its stages as they pass, and the report at its end.

import { announce, byId } from "./dom.js";
import { get, post } from "./server.js";
import { on, room, tell } from "./state.js";
import { say } from "./words.js";

const EVERY = 2000; // milliseconds between two looks

let afterwards = [];
let timer = null;

export async function startRun() {
  byId("update").disabled = true;
  try {
    await post("run");
  } catch (error) {
    byId("update").disabled = false;
    byId("run-told").textContent = error.message || say("away");
    return;
  }
  watchRun();
}

/** Follows what the server is doing; `then` is called when it is done. */
export function watchRun(then) {
  if (then) afterwards.push(then);
  clearTimeout(timer);
  look();
}

async function look() {
  const run = await get("run.json").catch(() => (timer ? { state: "running" } : { state: "idle" }));
  const told = [run.stage, run.message].filter(Boolean).join(": ");
  byId("update").disabled = run.state === "running";
  byId("run-told").textContent = run.state === "idle" ? "" : say(`run_${run.state}`, { told });
  if (run.state === "running") {
    timer = setTimeout(look, EVERY);
    return;
  }
  if (run.report) showReport(run.report);
  const waiting = afterwards;
  afterwards = [];
  if (run.state === "done") {
    announce(byId("run-told").textContent);
    tell("run");
    waiting.forEach((then) => then());
  }
  timer = null;
}

on("study", () => {
  showReport(room.study.run?.report);
  byId("update").textContent = say(room.study.run?.behind ? "run_behind" : "run_now");
});

function showReport(address) {
  byId("report").hidden = !address;
  if (address) byId("report").href = address;
}
