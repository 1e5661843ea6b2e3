// Copy, cut, paste and fill down, as a block of cells. What is pasted goes only where the person may write.
import { formatBlock, parseBlock } from "./tsv.js";
import { say } from "./words.js";

export class Clipboard {
  constructor(grid, written, status) {
    Object.assign(this, { grid, cells: grid.cells, matrix: grid.matrix, written, status });
    grid.input.addEventListener("copy", (event) => this.#copy(event));
    grid.input.addEventListener("cut", (event) => { if (this.#copy(event)) this.grid.clear(); });
    grid.input.addEventListener("paste", (event) => this.#paste(event));
  }

  #copy(event) {
    if (this.grid.editing) return false;
    const block = this.grid.chosen;
    event.clipboardData.setData("text/plain", formatBlock(block.map((row) => row.map((cell) => (cell ? this.cells.text(cell) : "")))));
    event.preventDefault();
    this.status(say("copied", { n: block.flat().filter(Boolean).length }));
    return true;
  }

  #paste(event) {
    if (this.grid.editing) return;
    event.preventDefault();
    const block = parseBlock(event.clipboardData.getData("text/plain"));
    const single = block.length === 1 && block[0].length === 1;
    const { changes, lost } = single ? this.#spread(block[0][0]) : this.#lay(block);
    this.written(changes, say("pasted", { n: changes.length }) + (lost ? `；${say("not_pasted", { n: lost })}` : ""));
    this.grid.refresh();
  }

  // One text into every chosen cell.
  #spread(text) {
    const cells = this.grid.chosen.flat().filter(Boolean);
    const open = cells.filter((cell) => this.cells.writable(cell));
    return { changes: open.map((cell) => ({ cell, text })), lost: cells.length - open.length };
  }

  // A block from the upper left chosen cell on. Blank cells that fall on a merged part are its other rows.
  #lay(block) {
    const first = this.grid.chosen.flat().find(Boolean);
    const from = this.matrix.place(first);
    const changes = [];
    let lost = 0;
    block.forEach((row, down) => row.forEach((text, right) => {
      const cell = this.matrix.cell(from.r + down, from.c + right);
      const place = cell && this.matrix.place(cell);
      const own = place && place.r === from.r + down && place.c === from.c + right;
      if (own && this.cells.writable(cell)) changes.push({ cell, text });
      else if (text !== "" && !(own && this.cells.text(cell) === text)) lost += 1;
    }));
    return { changes, lost };
  }

  // The first chosen row into the rows below it; of one cell alone, the cell above into it.
  fill() {
    let block = this.grid.chosen;
    if (!block.length) return;
    if (block.length === 1) {
      const above = block[0].map((cell) => cell && this.matrix.beside(cell, -1, 0));
      block = [above, block[0]];
    }
    const changes = [];
    for (const row of block.slice(1))
      row.forEach((cell, at) => {
        const source = block[0][at];
        if (cell && source && source !== cell && this.cells.writable(cell)) changes.push({ cell, text: this.cells.text(source) });
      });
    this.written(changes, say("filled", { n: changes.length }));
    this.grid.refresh();
  }
}
