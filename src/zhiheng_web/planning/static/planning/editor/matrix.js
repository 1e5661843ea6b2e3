// Where each cell stands: tables with merged cells as a plain grid of rows and columns.

export class Matrix {
  constructor(tables) {
    this.rows = [];
    this.at = new Map();
    for (const table of tables) this.#add(table);
  }

  #add(table) {
    const top = this.rows.length;
    const lines = [...table.querySelectorAll("tbody > tr")];
    const taken = lines.map(() => []);
    lines.forEach((line, r) => {
      let c = 0;
      for (const cell of line.children) {
        while (taken[r][c]) c += 1;
        for (let down = 0; down < cell.rowSpan && r + down < lines.length; down += 1)
          for (let right = 0; right < cell.colSpan; right += 1) taken[r + down][c + right] = cell;
        if (cell.dataset.f) this.at.set(cell, { r: top + r, c });
        c += cell.colSpan;
      }
    });
    this.rows.push(...taken);
  }

  get cells() { return [...this.at.keys()]; }

  cell(r, c) {
    const found = this.rows[r]?.[c];
    return found?.dataset.f ? found : null;
  }

  place(cell) { return this.at.get(cell); }

  // The next cell from `cell` in a direction, over merged parts and headings; null at the edge.
  beside(cell, down, right) {
    let { r, c } = this.place(cell);
    if (down > 0) r += cell.rowSpan - 1;
    if (right > 0) c += cell.colSpan - 1;
    for (;;) {
      r += down;
      c += right;
      if (r < 0 || c < 0 || r >= this.rows.length || (right && c >= this.rows[r].length)) return null;
      const found = this.cell(r, Math.min(c, this.rows[r].length - 1));
      if (found && found !== cell) return found;
    }
  }

  // Left to right, then the next line.
  following(cell, step) {
    const order = this.cells;
    return order[order.indexOf(cell) + step] ?? null;
  }

  edge(cell, down, right) {
    let found = cell;
    for (let next = cell; next; next = this.beside(next, down, right)) found = next;
    return found;
  }

  // The rectangle between two cells: rows of cells, null where a cell is covered by a merged one above or is none.
  block(one, other) {
    const a = this.place(one), b = this.place(other);
    const rows = [];
    for (let r = Math.min(a.r, b.r); r <= Math.max(a.r, b.r); r += 1) {
      const row = [];
      for (let c = Math.min(a.c, b.c); c <= Math.max(a.c, b.c); c += 1) {
        const found = this.cell(r, c);
        const place = found && this.place(found);
        row.push(found && place.r === r && place.c === c ? found : null);
      }
      rows.push(row);
    }
    return rows;
  }
}
