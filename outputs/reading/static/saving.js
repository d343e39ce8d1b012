// Whether everything is saved, always in sight; and what to do about what is not.

import { byId, el } from "./dom.js";
import { discard, retry, unsaved, whyUnsaved } from "./outbox.js";
import { labelOf, on } from "./state.js";
import { say } from "./words.js";

on("outbox", draw);

function draw() {
  const waiting = unsaved();
  const refused = waiting.filter((each) => each.refused);
  byId("saved").textContent = waiting.length ? say("unsaved", { n: waiting.length }) : say("all_saved");
  byId("saved").classList.toggle("waits", waiting.length > 0);
  const why = whyUnsaved();
  const away = waiting.length > refused.length && why ? [el("p", {}, why.status === 0 || !why.message ? say("away") : why.message, " ", again())] : [];
  const box = byId("trouble");
  const told = [...away, ...refused.map(refusedBox)];
  const text = told.map((each) => each.textContent).join();
  box.hidden = told.length === 0;
  if (text !== box.textContent) box.replaceChildren(...told); // an alert is read out whenever it changes
}

const again = () => el("button", { type: "button", onclick: retry }, say("retry"));

function refusedBox({ decision, refused }) {
  const what = say("refused_decision", { what: [say(`do_${decision.do}`), decision.theme ? labelOf(decision.theme) : "", decision.segment ?? ""].filter(Boolean).join(" "), why: refused });
  return el("p", {}, what, " ", again(), " ", el("button", { type: "button", onclick: () => discard(decision.id) }, say("discard")));
}
