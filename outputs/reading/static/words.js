// The room's sentences, from outputs/words/room.toml as the page brought them. Knows no language.

const words = JSON.parse(document.getElementById("words-of-the-room").textContent);

/** The sentence `key`, its {facts} filled in; `{n:one|many}` is the first for 1, the second for any other number. */
export function say(key, facts = {}) {
  if (!(key in words)) throw new Error(`no sentence ${key}`);
  return words[key].replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, name, one, many) =>
    one === undefined ? facts[name] : facts[name] === 1 ? one : many);
}

const language = document.documentElement.lang;
const percents = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const decimals = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const moments = new Intl.DateTimeFormat(language, { dateStyle: "short", timeStyle: "short" });

export const percent = (share) => percents.format(share);
export const decimal = (number) => decimals.format(number);
export const moment = (iso) => moments.format(new Date(iso));

/** Milliseconds of a recording as 0:01:07; "" where nobody noted them. */
export function clock(ms) {
  if (ms === null || ms === undefined) return "";
  const seconds = Math.floor(ms / 1000);
  const two = (number) => String(number).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
