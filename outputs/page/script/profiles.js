// A profile: the answers beside what was said, a theme at a time; made when asked for, so the page stays small.
const chooser = document.getElementById("chooser");
const codingsOf = (p, t) => {
  const mine = [], codings = data.codings;
  for (let k = 0; k < codings.segment.length; k++)
    if (codings.theme[k] === t && data.segments.respondent[codings.segment[k]] === p) mine.push(k);
  return mine;
};
// The answers to some items; those of a theme with how they compare with the stance said of it.
const answered = (p, items, t) => {
  const list = make("dl", t < 0 ? "whole several" : "");
  const verdicts = data.verdicts[data.respondents[p].id] || {};
  for (const k of items) {
    const answer = make("dd", "", data.answers[p][k]);
    const verdict = verdicts[`${t} ${k}`];
    if (verdict) answer.append(" ", make("span", `tag verdict ${verdict[0]}`, verdict[1]));
    list.append(make("dt", "", data.items[k]), answer);
  }
  return list;
};
const told = (theme, mine) => {
  if (!mine.length) return make("p", "note", `${theme.label}: ${words.not_mentioned}`);
  const codings = data.codings;
  const counts = data.stances.map((stance, s) => [stance, mine.filter((k) => codings.stance[k] === s).length]);
  const part = make("details");
  part.append(make("summary", "", `${theme.label}: ${counts.filter(([, n]) => n).map(([stance, n]) => `${stance} ${n}`).join(", ")}`));
  part.addEventListener("toggle", () => {
    if (part.childElementCount > 1) return;
    part.append(make("div"));
    showList(part.lastChild, mine.length, (k) => quotation(codings.segment[mine[k]], mine[k]), words.found);
  });
  return part;
};
const profile = (p) => {
  const box = document.getElementById("profile");
  box.replaceChildren();
  if (!data.respondents[p]) return;
  chooser.elements.person.value = p;
  const about = make("div", "whole");
  const who = data.respondents[p];
  about.append(make("h3", "", who.id), make("p", "note", [who.about, data.spoken[who.id]].filter(Boolean).join(" · ")));
  about.append(...(data.memos_on.p[who.id] || []).map(memo));
  box.append(about);
  const left = make("h4", "", words.answers), right = make("h4", "", words.said);
  box.append(left, right);
  const shown = new Set();
  data.themes.forEach((theme, t) => {
    const mine = codingsOf(p, t);
    const items = data.links[t].filter((k) => data.answers[p][k]);
    items.forEach((k) => shown.add(k));
    if (mine.length || items.length) box.append(answered(p, items, t), told(theme, mine));
  });
  const others = data.items.map((_, k) => k).filter((k) => data.answers[p][k] && !shown.has(k));
  if (others.length) box.append(make("h4", "whole", words.other_answers), answered(p, others, -1));
  if (!data.answers[p].some(Boolean)) left.append(make("p", "note", words.no_answers));
  if (!data.spoken[who.id]) right.append(make("p", "note", words.no_interview));
};
const followHash = () => {
  const name = decodeURIComponent(location.hash);
  if (!name.startsWith("#profilo-")) return;
  const p = data.respondents.findIndex((person) => person.id === name.slice("#profilo-".length));
  if (p < 0) return;
  profile(p);
  const place = document.getElementById("profili");
  place.open = true;
  place.scrollIntoView();
  document.getElementById("profile").focus({ preventScroll: true });
};
chooser.addEventListener("input", () => profile(Number(chooser.elements.person.value)));
chooser.addEventListener("submit", (event) => event.preventDefault());
chooser.addEventListener("click", (event) => {
  const step = Number(event.target.dataset.step || 0), n = data.respondents.length;
  if (step && n) profile((Number(chooser.elements.person.value) + step + n) % n);
});
window.addEventListener("hashchange", followHash);
profile(0);
followHash();
