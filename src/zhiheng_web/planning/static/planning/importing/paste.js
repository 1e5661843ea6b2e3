// Several cells pasted from a spreadsheet into a grid of fields: <table data-paste>. One paste is one step; Ctrl+Z in a field undoes that field.
// Arrow up, down and Enter move between rows.
const fields = (row) => [...row.querySelectorAll("input:not([type=hidden])")];

function place(input) {
  const row = input.closest("tr");
  return { rows: [...row.parentElement.rows], row: row.sectionRowIndex, column: fields(row).indexOf(input) };
}

document.addEventListener("paste", (event) => {
  const input = event.target.closest?.("[data-paste] input");
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!input || !/[\t\n]/.test(text.trimEnd())) return;
  event.preventDefault();
  const { rows, row, column } = place(input);
  text.trimEnd().split(/\r?\n/).forEach((line, down) => {
    const cells = rows[row + down] ? fields(rows[row + down]) : [];
    line.split("\t").forEach((value, right) => {
      const cell = cells[column + right];
      if (!cell) return;
      cell.value = value.trim();
      cell.closest("td").classList.toggle("changed", cell.value !== cell.defaultValue);
    });
  });
});

document.addEventListener("input", (event) => {
  const input = event.target.closest?.("[data-paste] input");
  if (input) input.closest("td").classList.toggle("changed", input.value !== input.defaultValue);
});

document.addEventListener("keydown", (event) => {
  const input = event.target.closest?.("[data-paste] input");
  const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
  if (!input || !step || event.isComposing) return;
  const { rows, row, column } = place(input);
  const next = rows[row + step] && fields(rows[row + step])[column];
  event.preventDefault();
  if (next) { next.focus(); next.select(); }
});
