// What is behind a number, a mark of a chart or a finding: opened in a dialog.

const dialog = document.getElementById("behind");

// What a mark counts, in words: of a cell its row and column, of a bar its label, of a finding its sentence.
const counted = (mark) => {
  const row = mark.closest("tr"), bar = mark.closest("li"), told = document.getElementById(mark.getAttribute("aria-describedby"));
  if (row) {
    const head = row.closest("table").tHead.rows[0].cells[mark.closest("td, th").cellIndex];
    return [row.cells[0].textContent, head.textContent, mark.textContent];
  }
  if (told) return [told.textContent];
  return [(mark.querySelector("title") || bar || mark).textContent];
};

const open = (mark) => {
  const table = mark.closest(".table");
  const t = mark.dataset.t || table.id, r = mark.dataset.r || mark.closest("tr").dataset.r, c = mark.dataset.c;
  const trail = ((data.trails[t] || {})[r] || {})[c];
  if (!trail) return;
  document.getElementById("behind-title").textContent =
    [data.titles[t], ...counted(mark)].map((part) => part.replace(/\s+/g, " ").trim()).join(" · ");
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
