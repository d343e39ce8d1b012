// All quotations, by theme, class, stance and words.

const FIRST = 4; // quotations seen before anything is asked for
const filters = document.getElementById("filters");
const browse = () => {
  const chosen = Object.fromEntries(new FormData(filters));
  const sought = (chosen.text || "").toLocaleLowerCase();
  const codings = data.codings, all = data.segments;
  const found = [];
  for (let k = 0; k < codings.segment.length; k++) {
    const s = codings.segment[k];
    if (chosen.theme && codings.theme[k] !== Number(chosen.theme)) continue;
    if (chosen.stance && codings.stance[k] !== Number(chosen.stance)) continue;
    if (chosen.class && (data.respondents[all.respondent[s]] || {}).class !== chosen.class) continue;
    if (sought && !all.text[s].toLocaleLowerCase().includes(sought)) continue;
    found.push(k);
  }
  showList(document.getElementById("browser"), found.length, (k) => quotation(codings.segment[found[k]], found[k]),
    voices(found.map((k) => codings.segment[k])), FIRST);
};
filters.addEventListener("input", browse);
filters.addEventListener("submit", (event) => event.preventDefault());
browse();
