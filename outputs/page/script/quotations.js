// Quotations: what was said, by whom, with what was said around it, and lists of them a page at a time.

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
  if (room) footer.append(" ", toRoom(all.id[s]));
  figure.append(footer, ...(data.memos_on.s[s] || []).map(memo), nearby(s));
  return figure;
};

// Served beside a reading room, a page leads from each quotation to its place in the interview; a file on a disk does not.
const room = location.protocol.startsWith("http") ? location.pathname.match(/^\/rapporti\/([^/]+)\//) : null;
const toRoom = (segment) => {
  const link = make("a", "room", words.reading_room);
  link.href = `/lettura/${room[1]}/#segment=${encodeURIComponent(segment)}`;
  return link;
};
if (room)
  for (const quote of document.querySelectorAll("blockquote[data-segment]"))
    quote.querySelector("footer").append(" ", toRoom(quote.dataset.segment));

// Shows a list a page at a time, so that twenty thousand quotations cost no more than thirty.
const showList = (box, count, build, name, many = PAGE) => {
  box.replaceChildren();
  const status = make("p", "note", count ? `${count} ${name}` : words.nothing);
  status.setAttribute("role", "status");
  const list = make("div");
  const more = make("button", "", words.more);
  more.type = "button";
  let shown = 0;
  const next = () => {
    const until = Math.min(shown + (shown ? PAGE : many), count);
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
