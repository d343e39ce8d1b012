// How far people agree, as it grows. Not shown to who codes blind.

import { byId, el, redraw } from "./dom.js";
import { get } from "./server.js";
import { shownPanel, whenShown } from "./side.js";
import { asReader, on, room } from "./state.js";
import { decimal, say } from "./words.js";

whenShown("agreement", load);
on("saved", () => shownPanel() === "agreement" && load());

async function load() {
  if (room.blind) return redraw(byId("agreement"), el("p", { class: "quiet" }, say("agreement_blind")));
  const { pairs, coders } = await get(`agreement.json?${asReader()}`);
  redraw(
    byId("agreement"),
    el("p", { class: "quiet" }, say("agreement_help")),
    pairs.length ? el("ul", { class: "list" }, pairs.map(pairBox)) : el("p", {}, say("agreement_none")),
    el("h2", {}, say("coders")),
    el("ul", { class: "list" }, coders.map(({ name, segments, codings }) => el("li", { class: "pair" }, el("strong", {}, name), el("span", { class: "quiet" }, say("coder_did", { segments, codings }))))),
    el("p", { class: "quiet" }, say("settle")),
  );
}

function pairBox({ coders, segments, alpha, interval, note }) {
  const told = alpha === null ? "–" : decimal(alpha);
  const range = interval ? say("interval", { from: decimal(interval[0]), to: decimal(interval[1]) }) : "";
  return el(
    "li",
    { class: "pair" },
    el("strong", {}, coders.join(" · ")),
    el("span", { class: "alpha" }, say("alpha", { alpha: told })),
    alpha === null ? null : el("meter", { min: "0", max: "1", low: "0.667", high: "0.8", optimum: "1", value: String(Math.max(alpha, 0)), "aria-label": say("alpha", { alpha: told }) }),
    el("span", { class: "quiet" }, [range, say("on_segments", { n: segments }), note].filter(Boolean).join(" · ")),
  );
}
