// Undo and redo: steps of cell changes, kept for the tab. Undoing a step is writing its texts back by the same way as typing.

export class History {
  constructor(store, key, most = 200) {
    this.store = store;
    this.key = key;
    this.most = most;
    const kept = this.#load();
    this.done = kept.done ?? [];
    this.undone = kept.undone ?? [];
  }

  // `changes`: [{row, field, before, after}]
  add(changes) {
    const real = changes.filter((change) => change.before !== change.after);
    if (!real.length) return;
    this.done.push(real);
    if (this.done.length > this.most) this.done.shift();
    this.undone = [];
    this.#keep();
  }

  undo() { return this.#take(this.done, this.undone, "after", "before"); }

  redo() { return this.#take(this.undone, this.done, "before", "after"); }

  // What to write: each cell with the text it should have now and the one it is to get.
  #take(from, to, now, then) {
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    this.#keep();
    const order = then === "before" ? [...step].reverse() : step;
    return order.map((change) => ({ row: change.row, field: change.field, expected: change[now], text: change[then] }));
  }

  #load() {
    try { return JSON.parse(this.store.getItem(this.key)) ?? {}; } catch { return {}; }
  }

  #keep() {
    try { this.store.setItem(this.key, JSON.stringify({ done: this.done, undone: this.undone })); } catch { /* the store is full: the steps stay in memory */ }
  }
}
