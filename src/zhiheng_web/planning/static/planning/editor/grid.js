// Moving, choosing and writing in the sheet. The active cell holds a real text field with its text chosen: typing replaces it,
// input methods compose in it, screen readers read its name and text. The field shows itself only while a cell is edited.
import { say } from "./words.js";

export class Grid {
  constructor(cells, events) {
    this.cells = cells;
    this.matrix = cells.matrix;
    this.events = events; // active(cell), written(changes)
    this.active = null;
    this.anchor = null;
    this.editing = false;
    this.input = document.createElement("textarea");
    this.input.className = "cell-input";
    this.input.rows = 1;
    this.input.spellcheck = false;
    this.#listen();
  }

  get chosen() {
    if (!this.active) return [];
    return this.matrix.block(this.anchor ?? this.active, this.active);
  }

  #listen() {
    const input = this.input;
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("input", () => this.#typed());
    input.addEventListener("compositionstart", () => this.#begin());
    input.addEventListener("blur", () => { if (this.editing) this.commit(); });
    let dragging = false;
    for (const table of new Set(this.matrix.cells.map((cell) => cell.closest("table")))) {
      table.addEventListener("mousedown", (event) => {
        const cell = event.target.closest("td[data-f]");
        if (!cell || event.target === input && this.editing || event.button !== 0) return;
        event.preventDefault();
        dragging = true;
        this.go(cell, event.shiftKey);
      });
      table.addEventListener("mouseover", (event) => {
        const cell = event.target.closest("td[data-f]");
        if (dragging && cell && event.buttons === 1) this.#stretch(cell);
      });
      table.addEventListener("dblclick", (event) => { if (event.target.closest("td[data-f]")) this.edit(); });
    }
    addEventListener("mouseup", () => { dragging = false; });
  }

  // Make a cell the active one. `keep` stretches the choice from where it began.
  go(cell, keep = false) {
    if (!cell) return;
    if (this.editing) this.commit();
    const anchor = keep ? this.anchor ?? this.active : null;
    this.active?.classList.remove("active");
    this.active?.removeAttribute("aria-selected");
    this.active = cell;
    this.anchor = anchor ?? cell;
    cell.classList.add("active");
    cell.append(this.input);
    this.input.value = this.cells.text(cell);
    this.input.readOnly = !this.cells.writable(cell);
    this.input.setAttribute("aria-label", this.cells.label(cell));
    this.input.focus({ preventScroll: true });
    this.input.select();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    this.#mark();
    this.events.active(cell);
  }

  // Stretch the choice to a cell while the active one keeps the focus.
  #stretch(cell) {
    const from = this.anchor ?? this.active;
    this.go(cell, true);
    this.anchor = from;
    this.#mark();
  }

  #mark() {
    for (const cell of document.querySelectorAll(".sheet td.chosen")) {
      cell.classList.remove("chosen");
      cell.removeAttribute("aria-selected");
    }
    const block = this.chosen.flat().filter(Boolean);
    for (const cell of block) {
      cell.setAttribute("aria-selected", "true");
      if (block.length > 1) cell.classList.add("chosen");
    }
  }

  // F2: go on with the text that is there.
  edit() {
    if (!this.active || !this.cells.writable(this.active)) return;
    this.input.value = this.cells.text(this.active);
    this.#begin();
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  #begin() {
    if (this.editing || !this.cells.writable(this.active)) return;
    this.editing = true;
    this.active.classList.add("editing");
    this.#grow();
  }

  #typed() {
    this.#begin();
    this.#grow();
    this.events.typing(this.active, this.input.value);
  }

  #grow() {
    this.input.style.height = "100%";
    if (this.input.scrollHeight > this.active.clientHeight) this.input.style.height = `${Math.min(this.input.scrollHeight + 4, 260)}px`;
  }

  commit() {
    if (!this.editing) return;
    const cell = this.active, text = this.input.value.replace(/\r\n?/g, "\n"), before = this.cells.text(cell);
    this.#end();
    if (text !== before) this.events.written([{ cell, text }]);
  }

  cancel() {
    this.#end();
    this.input.value = this.cells.text(this.active);
    this.input.select();
    this.events.active(this.active);
  }

  #end() {
    this.editing = false;
    this.active.classList.remove("editing");
    this.input.style.height = "";
  }

  clear() {
    const cells = this.chosen.flat().filter((cell) => cell && this.cells.writable(cell));
    this.events.written(cells.map((cell) => ({ cell, text: "" })), say("cleared", { n: cells.length }));
    this.refresh();
  }

  // The field shows what the active cell says now.
  refresh() {
    if (!this.active || this.editing) return;
    this.input.value = this.cells.text(this.active);
    if (document.activeElement === this.input) this.input.select();
  }

  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (this.editing ? this.#keyWhileEditing(event) : this.#keyWhileMoving(event)) event.preventDefault();
  }

  #keyWhileEditing(event) {
    if (event.key === "Escape") { this.cancel(); return true; }
    if (event.key === "Enter" && event.altKey) { this.#insert("\n"); return true; }
    if (event.key === "Enter" || event.key === "Tab") {
      this.commit();
      return this.#step(event) || event.key === "Enter";
    }
    return false;
  }

  #insert(text) {
    this.input.setRangeText(text, this.input.selectionStart, this.input.selectionEnd, "end");
    this.#typed();
  }

  // Tab leaves the sheet at its ends, so that nobody is caught in it.
  #step(event) {
    const back = event.shiftKey ? -1 : 1;
    const next = event.key === "Tab" ? this.matrix.following(this.active, back) : this.matrix.beside(this.active, back, 0);
    if (next) this.go(next);
    else this.refresh();
    return Boolean(next);
  }

  #keyWhileMoving(event) {
    const command = event.ctrlKey || event.metaKey;
    if (event.altKey) return false;
    const arrow = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (arrow) {
      const next = command ? this.matrix.edge(this.active, ...arrow) : this.matrix.beside(this.active, ...arrow);
      this.go(next ?? this.active, event.shiftKey);
      return true;
    }
    if (event.key === "Tab") return this.#step(event);
    if (event.key === "Enter") { this.#step(event); return true; }
    if (event.key === "F2") { this.edit(); return true; }
    if (event.key === "Delete" || event.key === "Backspace") { this.clear(); return true; }
    if (event.key === "Home" || event.key === "End") return this.#ends(event, command);
    if (event.key === "PageDown" || event.key === "PageUp") return this.#page(event);
    if (event.key === "Escape") { this.go(this.active); return true; }
    if (command && event.key.toLowerCase() === "a") { this.#all(); return true; }
    return command && this.events.command(event);
  }

  #ends(event, command) {
    const last = event.key === "End", order = this.matrix.cells;
    if (command) this.go(last ? order[order.length - 1] : order[0], event.shiftKey);
    else this.go(this.matrix.edge(this.active, 0, last ? 1 : -1), event.shiftKey);
    return true;
  }

  #page(event) {
    let cell = this.active;
    for (let n = 0; n < 8; n += 1) cell = this.matrix.beside(cell, event.key === "PageDown" ? 1 : -1, 0) ?? cell;
    this.go(cell, event.shiftKey);
    return true;
  }

  #all() {
    const order = this.matrix.cells.filter((cell) => cell.closest("table") === this.active.closest("table"));
    this.anchor = order[0];
    const active = order[order.length - 1];
    this.go(active, true);
  }
}
