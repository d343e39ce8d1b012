// Who codes, asked once and remembered, and whether blind: seeing one's own codings alone.

import { byId, el, openDialog } from "./dom.js";
import { room, tell } from "./state.js";
import { say } from "./words.js";

const NAME = "trama:coder";
const BLIND = "trama:blind";

/** What `trama read --coder --blind` fixed stands before what this browser remembers. */
export function rememberedCoder() {
  room.coder = room.study?.coder || localStorage.getItem(NAME) || "";
  room.blind = Boolean(room.study?.blind) || localStorage.getItem(BLIND) === "yes";
  showCoder();
}

/** Asks for name and blind mode; true once there is a name. */
export function askName() {
  const isFixed = Boolean(room.study.coder);
  const name = el("input", { name: "coder", value: room.coder, required: true, maxlength: "80", autocomplete: "name", list: "coders-known", readonly: isFixed });
  const blind = el("input", { type: "checkbox", name: "blind", checked: room.blind, disabled: Boolean(room.study.blind) });
  return new Promise((answer) => {
    const take = () => {
      room.coder = name.value.trim().replace(/\s+/g, " ") || room.coder;
      room.blind = blind.checked;
      localStorage.setItem(NAME, room.coder);
      localStorage.setItem(BLIND, room.blind ? "yes" : "no");
      showCoder();
      tell("coder");
    };
    const form = el(
      "form",
      { method: "dialog", class: "coder", onsubmit: take },
      el("p", {}, say("coder_help")),
      el("label", {}, el("span", {}, say("coder_name")), name),
      el("datalist", { id: "coders-known" }, room.study.coders.map((each) => el("option", { value: each }))),
      el("label", { class: "check" }, blind, el("span", {}, say("blind_help"))),
      el("p", { class: "acts" }, el("button", { class: "main" }, say("begin"))),
    );
    const dialog = openDialog(say("who_codes"), form);
    dialog.addEventListener("close", () => answer(Boolean(room.coder)));
    name.focus();
  });
}

function showCoder() {
  const name = room.coder || say("no_coder");
  byId("coder").textContent = room.blind ? say("coder_blind", { coder: name }) : name;
  byId("coder").setAttribute("aria-label", say("coder_button", { coder: name }));
  document.body.classList.toggle("blind", room.blind);
}
