// The cells of the page: what stands in each, what the server says stands there, and how it looks.
import { say, state } from "./words.js";

export class Cells {
  constructor(matrix, saving) {
    this.matrix = matrix;
    this.saving = saving;
    this.byName = new Map();
    this.known = new Map();
    for (const cell of matrix.cells) {
      this.byName.set(`${cell.dataset.row}\n${cell.dataset.f}`, cell);
      this.known.set(cell, { base: this.text(cell), conflict: null, refused: "" });
    }
  }

  find(row, field) { return this.byName.get(`${row}\n${field}`) ?? null; }

  text(cell) { return cell.querySelector(".t").textContent; }

  about(cell) { return this.known.get(cell); }

  writable(cell) { return state.open && !cell.hasAttribute("aria-readonly"); }

  // The text a person gives a cell; it is saved by and by.
  write(cell, text) {
    this.show(cell, text);
    const known = this.about(cell);
    known.refused = "";
    known.conflict = null;
    cell.classList.remove("in-conflict", "refused");
    this.saving.put(cell.dataset.row, cell.dataset.f, known.base, text);
    cell.classList.toggle("pending", this.saving.has(cell.dataset.row, cell.dataset.f));
  }

  show(cell, text) {
    cell.querySelector(".t").textContent = text;
    const input = cell.querySelector("textarea");
    if (input && !cell.classList.contains("editing")) input.value = text;
  }

  saved({ row, field, text }) {
    const cell = this.find(row, field);
    if (!cell) return;
    this.about(cell).base = text;
    cell.classList.toggle("pending", this.saving.waiting.has(this.saving.name(row, field)));
  }

  conflict(told) {
    const cell = this.find(told.row, told.field);
    if (!cell) return;
    const known = this.about(cell);
    known.base = told.current;
    known.conflict = { current: told.current, by: told.by || say("someone"), at: told.at };
    cell.classList.remove("pending");
    cell.classList.add("in-conflict");
  }

  refuse({ row, field, message }) {
    const cell = this.find(row, field);
    if (!cell) return;
    this.about(cell).refused = message;
    cell.classList.remove("pending");
    cell.classList.add("refused");
  }

  // What somebody else wrote. A cell that a person here is busy with keeps his text; saving it will tell the conflict.
  receive(row, texts) {
    let count = 0;
    for (const [field, text] of Object.entries(texts)) {
      const cell = this.find(row, field);
      if (!cell || this.saving.has(row, field) || this.about(cell).conflict || cell.classList.contains("editing")) continue;
      if (this.about(cell).base === text) continue;
      this.about(cell).base = text;
      this.show(cell, text);
      cell.classList.add("fresh");
      setTimeout(() => cell.classList.remove("fresh"), 6000);
      count += 1;
    }
    return count;
  }

  rowName(cell) {
    if (cell.dataset.row === "head") return cell.closest("table").getAttribute("aria-label");
    const name = this.find(cell.dataset.row, "name") ?? this.find(cell.dataset.row, "duty");
    return (name && this.text(name)) || say("line", { n: this.matrix.place(cell).r + 1 });
  }

  label(cell) { return say("cell", { column: state.columns[cell.dataset.f] ?? cell.dataset.f, row: this.rowName(cell) }); }
}
