// The queue of cells to save. One request at a time; what is typed meanwhile waits for the next. Nothing leaves the queue
// before the server has answered for it, and the queue outlives the page (sessionStorage).

const WAIT = 300;
const RETRY = 4000;

export class Saving {
  // post(edits) → {status, body}; told(event, data): "state" | "saved" | "conflict" | "refused" | "answer" | "forbidden"
  constructor({ post, told, store, key }) {
    Object.assign(this, { post, told, store, key });
    this.waiting = new Map();
    this.flying = new Map();
    this.timer = null;
    this.lost = false; // the last request did not come through
  }

  name(row, field) { return `${row}\n${field}`; }

  get count() { return new Set([...this.waiting.keys(), ...this.flying.keys()]).size; }

  has(row, field) { const name = this.name(row, field); return this.waiting.has(name) || this.flying.has(name); }

  // `base` is what the server last said stands in the cell.
  put(row, field, base, text) {
    const name = this.name(row, field);
    if (base === text && !this.flying.has(name)) this.waiting.delete(name);
    else this.waiting.set(name, { row, field, base, text });
    this.#keep();
    this.#later(WAIT);
    this.told("state");
  }

  #later(time) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), time);
  }

  async flush() {
    if (this.flying.size || !this.waiting.size) return;
    this.flying = this.waiting;
    this.waiting = new Map();
    this.told("state");
    let answer;
    try { answer = await this.post([...this.flying.values()]); } catch { answer = null; }
    const sent = this.flying;
    this.flying = new Map();
    if (answer?.body?.saved) this.#settle(answer.body);
    else this.#back(sent, answer);
    this.#keep();
    this.told("state");
    if (this.waiting.size && answer?.body?.saved) this.#later(WAIT);
  }

  #settle(body) {
    this.lost = false;
    for (const cell of body.saved) {
      this.told("saved", cell);
      const next = this.waiting.get(this.name(cell.row, cell.field));
      if (next) next.base = cell.text;
      if (next && next.text === cell.text) this.waiting.delete(this.name(cell.row, cell.field));
    }
    for (const cell of body.conflicts) this.told("conflict", cell);
    for (const cell of body.refused) this.told("refused", cell);
    this.told("answer", body);
  }

  // Not answered for: everything waits again, under what was typed since. A refusal of the whole batch is told and not repeated.
  #back(sent, answer) {
    for (const [name, edit] of sent) {
      const next = this.waiting.get(name);
      if (next) next.base = edit.base;
      else this.waiting.set(name, edit);
    }
    const lost = this.lost = !answer || answer.status >= 500 || answer.status === 401 || answer.status === 429;
    if (lost) this.#later(RETRY);
    this.told(lost ? "lost" : "forbidden", answer?.body ?? {});
  }

  #keep() {
    const edits = [...this.flying.values(), ...this.waiting.values()];
    try {
      if (edits.length) this.store.setItem(this.key, JSON.stringify(edits));
      else this.store.removeItem(this.key);
    } catch { /* the store is full or closed: the page still holds them */ }
  }

  // What an earlier page could not save.
  left() {
    try { return JSON.parse(this.store.getItem(this.key)) ?? []; } catch { return []; }
  }
}
