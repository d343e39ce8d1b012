"use strict";
// Opens what is behind a number, and browses the quotations. The data stand in the page; nothing is ever fetched.
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const PAGE = 30;

const unpack = (runs) => {
  const numbers = [];
  for (let i = 0; i < (runs || []).length; i += 2)
    for (let k = 0; k < runs[i + 1]; k++) numbers.push(runs[i] + k);
  return numbers;
};

const make = (tag, className, text) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
};

const clock = (ms) => {
  const s = Math.floor(ms / 1000);
  const two = (n) => String(n).padStart(2, "0");
  return `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};

// Positions count Unicode characters, strings of JavaScript count UTF-16 units: so the text is cut as an array.
const marked = (text, start, end) => {
  const paragraph = make("p");
  const signs = Array.from(text);
  paragraph.append(signs.slice(0, start).join(""));
  if (end > start) paragraph.append(make("mark", "", signs.slice(start, end).join("")));
  paragraph.append(signs.slice(end).join(""));
  return paragraph;
};

const time = (s) => data.segments.ms[s] === null ? "" : clock(data.segments.ms[s]);

// What was said around a segment: two segments before and two after, with who speaks, when, and what was asked.
const nearby = (s) => {
  const all = data.segments;
  const box = make("details");
  box.append(make("summary", "", words.context));
  box.addEventListener("toggle", () => {
    if (box.childElementCount > 1) return;
    let asked = -1;
    for (const k of [s - 2, s - 1, s, s + 1, s + 2]) {
      if (all.transcript[k] !== all.transcript[s]) continue;
      if (all.question[k] !== asked && all.questions[all.question[k]])
        box.append(make("p", "nearby asked", `${words.question}: ${all.questions[all.question[k]]}`));
      asked = all.question[k];
      const paragraph = make("p", k === s ? "nearby here" : "nearby", ` ${all.text[k]}`);
      paragraph.prepend(make("strong", "", [all.speaker[k], time(k)].filter(Boolean).join(" ") + ":"));
      box.append(paragraph);
    }
  });
  return box;
};

// What somebody wrote of a passage or a respondent.
const memo = (number) => {
  const [text, signed] = data.memos[number];
  const box = make("div", "memo");
  for (const part of text.split("\n\n")) box.append(make("p", "", part));
  box.firstChild.prepend(make("strong", "", `${words.memo}: `));
  if (signed) box.append(make("footer", "", signed));
  return box;
};

// One quotation: `coding` is -1 where a segment itself is shown.
const quotation = (s, coding) => {
  const all = data.segments, codings = data.codings;
  const coded = coding >= 0;
  const figure = make("article", "quote");
  const question = all.questions[all.question[s]];
  if (question) figure.append(make("p", "question", `${words.question}: ${question}`));
  figure.append(marked(all.text[s], coded ? codings.start[coding] : 0, coded ? codings.end[coding] : 0));
  const footer = make("footer");
  if (coded) {
    footer.append(make("span", "tag", data.themes[codings.theme[coding]].label));
    footer.append(make("span", "tag", data.stances[codings.stance[coding]]));
  }
  const person = data.respondents[all.respondent[s]];
  const from = coded ? codings.from[coding] : all.from[s], to = coded ? codings.to[coding] : all.to[s];
  const facts = [
    person ? person.id : "", person ? person.class : "", all.speaker[s],
    data.cells[s] || `${data.files[all.transcript[s]] || all.transcript[s]}, ${words.position} ${from}–${to}`,
    time(s), coded ? codings.how[coding] : "",
  ];
  footer.append(facts.filter(Boolean).join(" · "));
  figure.append(footer, ...(data.memos_on.s[s] || []).map(memo), nearby(s));
  return figure;
};

// Shows a list a page at a time, so that twenty thousand quotations cost no more than thirty.
const showList = (box, count, build, name) => {
  box.replaceChildren();
  const status = make("p", "note", count ? `${count} ${name}` : words.nothing);
  status.setAttribute("role", "status");
  const list = make("div");
  const more = make("button", "", words.more);
  more.type = "button";
  let shown = 0;
  const next = () => {
    const until = Math.min(shown + PAGE, count);
    for (; shown < until; shown++) list.append(build(shown));
    more.hidden = shown >= count;
  };
  more.addEventListener("click", next);
  box.append(status, list, more);
  next();
};

const person = (p) => {
  const article = make("article", "quote");
  article.append(make("p", "", data.respondents[p].id), make("footer", "", data.respondents[p].about));
  return article;
};

const voices = (segments) =>
  `${words.found}, ${new Set(segments.map((s) => data.segments.respondent[s])).size} ${words.respondents}`;

const dialog = document.getElementById("behind");

const open = (mark) => {
  const row = mark.closest("tr");
  const t = mark.dataset.t || mark.closest("section").id, r = mark.dataset.r || row.dataset.r, c = mark.dataset.c;
  const trail = ((data.trails[t] || {})[r] || {})[c];
  if (!trail) return;
  const section = document.getElementById(t);
  const place = row ? mark.closest("td, th").cellIndex : -1;
  const heading = row ? [row.cells[0].textContent, row.closest("table").tHead.rows[0].cells[place].textContent, mark.textContent]
    : [mark.querySelector("title").textContent];
  document.getElementById("behind-title").textContent =
    [section.querySelector("h2").textContent, ...heading].map((part) => part.trim()).join(" · ");
  const computed = mark.classList.contains("derived") ? `${words.derived} «${data.labels[t][c]}»` : "";
  document.getElementById("behind-from").textContent = computed;
  const box = document.getElementById("behind-list");
  if (trail.c) {
    const codings = unpack(trail.c);
    const said = codings.map((k) => data.codings.segment[k]);
    showList(box, codings.length, (k) => quotation(said[k], codings[k]), voices(said));
  } else if (trail.s) {
    const segments = unpack(trail.s);
    showList(box, segments.length, (k) => quotation(segments[k], -1), voices(segments));
  } else {
    const people = unpack(trail.p);
    showList(box, people.length, (k) => person(people[k]), words.respondents);
  }
  dialog.showModal();
  dialog.scrollTop = 0;
};

for (const mark of document.querySelectorAll("svg g.trail")) {
  mark.setAttribute("tabindex", "0");
  mark.setAttribute("role", "button");
}
document.addEventListener("click", (event) => {
  const mark = event.target.closest(".trail");
  if (mark) open(mark);
  else if (event.target === dialog) dialog.close();
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches("g.trail")) {
    event.preventDefault();
    open(event.target);
  }
});

for (const box of document.querySelectorAll("input.detail-switch"))
  box.addEventListener("change", () => box.closest("section").querySelector("table").classList.toggle("all", box.checked));
// The rows of a table that hold the words sought and have the values chosen.
const sift = (section) => {
  const sought = (section.querySelector("input.rows") || { value: "" }).value.toLocaleLowerCase();
  const choices = [...section.querySelectorAll("select.rows")].filter((choice) => choice.value);
  const rows = section.querySelector("tbody").rows;
  let shown = 0;
  for (const row of rows) {
    const chosen = choices.every((choice) => row.querySelector(`.k-${choice.dataset.column}`).textContent === choice.value);
    row.hidden = !chosen || !row.textContent.toLocaleLowerCase().includes(sought);
    if (!row.hidden) shown++;
  }
  section.querySelector(".found").textContent = words.rows_of.replace("{shown}", shown).replace("{all}", rows.length);
};
for (const box of document.querySelectorAll(".rows")) box.addEventListener("input", () => sift(box.closest("section")));

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
  document.getElementById("profili").scrollIntoView();
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
    voices(found.map((k) => codings.segment[k])));
};
filters.addEventListener("input", browse);
filters.addEventListener("submit", (event) => event.preventDefault());
browse();
