// The panels at the left, one of them shown: tabs by mouse, arrows, Home and End. And the drawers of narrow windows.

import { byId } from "./dom.js";

const opened = new Map(); // panel -> what to do when it is shown

export const whenShown = (panel, run) => opened.set(panel, run);
export const shownPanel = () => document.querySelector("[role='tab'][aria-selected='true']").getAttribute("aria-controls");

export function showPanel(panel) {
  for (const tab of tabs()) {
    const is = tab.getAttribute("aria-controls") === panel;
    tab.setAttribute("aria-selected", String(is));
    tab.tabIndex = is ? 0 : -1;
    byId(tab.getAttribute("aria-controls")).hidden = !is;
  }
  opened.get(panel)?.();
}

const tabs = () => [...document.querySelectorAll("[role='tab']")];

export function listenToTabs() {
  for (const tab of tabs()) tab.addEventListener("click", () => showPanel(tab.getAttribute("aria-controls")));
  document.querySelector("[role='tablist']").addEventListener("keydown", (event) => {
    const all = tabs();
    const place = all.indexOf(document.activeElement);
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = all[(next + all.length) % all.length];
    tab.focus();
    showPanel(tab.getAttribute("aria-controls"));
  });
  for (const button of document.querySelectorAll(".drawer")) {
    button.addEventListener("click", () => openDrawer(button.dataset.drawer, button.getAttribute("aria-expanded") === "false"));
  }
}

/** In a narrow window the panels lie over the text; one at a time. */
export function openDrawer(name, isOpen) {
  for (const button of document.querySelectorAll(".drawer")) {
    const now = isOpen && button.dataset.drawer === name;
    button.setAttribute("aria-expanded", String(now));
    byId(button.dataset.drawer).classList.toggle("open", now);
  }
  if (isOpen) byId(name).querySelector("button, input")?.focus();
}

export const closeDrawers = () => openDrawer("", false);
