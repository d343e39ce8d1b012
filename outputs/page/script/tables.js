// Tables: their further columns, and the rows that hold the words sought and the values chosen.

for (const box of document.querySelectorAll("input.detail-switch"))
  box.addEventListener("change", () => box.closest(".table").querySelector("table").classList.toggle("all", box.checked));

// The rows of a table that hold the words sought and have the values chosen.
const sift = (table) => {
  const sought = (table.querySelector("input.rows") || { value: "" }).value.toLocaleLowerCase();
  const choices = [...table.querySelectorAll("select.rows")].filter((choice) => choice.value);
  const rows = table.querySelector("tbody").rows;
  let shown = 0;
  for (const row of rows) {
    const chosen = choices.every((choice) => row.querySelector(`.k-${choice.dataset.column}`).textContent === choice.value);
    row.hidden = !chosen || !row.textContent.toLocaleLowerCase().includes(sought);
    if (!row.hidden) shown++;
  }
  table.querySelector(".found").textContent = words.rows_of.replace("{shown}", shown).replace("{all}", rows.length);
};

for (const box of document.querySelectorAll(".rows")) box.addEventListener("input", () => sift(box.closest(".table")));
