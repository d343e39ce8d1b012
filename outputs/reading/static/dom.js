// Elements made and found, and what is told to who cannot see them. Knows nothing of studies.

/** An element; `props` are attributes, `on*` functions, or `class`; children are elements or texts, null for none. */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A button that says which key does the same. */
export function keyed(label, key, run, props = {}) {
  const hint = key ? el("kbd", { "aria-hidden": "true" }, key) : null;
  return el("button", { type: "button", onclick: run, "aria-keyshortcuts": key || null, ...props }, label, hint);
}

/** A dialog that takes itself away when it closes; focus goes back to where it was. */
export function openDialog(title, ...children) {
  const before = document.activeElement;
  const heading = el("h2", { id: "dialog-title" }, title);
  const dialog = el("dialog", { "aria-labelledby": "dialog-title" }, heading, ...children);
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.({ preventScroll: true });
  });
  document.body.append(dialog);
  dialog.showModal();
  dialog.scrollTop = 0; // the button that has the focus may lie below
  return dialog;
}

/** Tells a screen reader; said again even when it is the same as before. */
export function announce(text) {
  const news = byId("news");
  news.textContent = "";
  requestAnimationFrame(() => {
    news.textContent = text;
  });
}

/** Draws a box anew; who was on its third button is on its third button again. */
export function redraw(box, ...children) {
  const controls = () => [...box.querySelectorAll("button, a[href], input, summary")];
  const place = controls().indexOf(document.activeElement);
  box.replaceChildren(...children.flat().filter((child) => child !== null));
  if (place >= 0) controls()[Math.min(place, controls().length - 1)]?.focus({ preventScroll: true });
}
