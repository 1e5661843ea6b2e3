// What others do meanwhile: asked every 15 seconds while the page is looked at, and shown in place with who did it.
import { el, say, state } from "./words.js";

const EVERY = 15000;

export class Presence {
  constructor({ cells, findings, get, status, busy, notes }) {
    Object.assign(this, { cells, findings, get, status, busy, notes });
    this.edits = state.edits;
    setInterval(() => { if (!document.hidden) this.look(); }, EVERY);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.look(); });
  }

  async look() {
    if (this.busy()) return;
    let answer;
    try { answer = await this.get("changes", { since: this.edits }); } catch { return; }
    const told = answer.body;
    if (answer.status !== 200 || this.busy()) return;
    if (told.rows) this.#take(told);
    this.edits = told.edits;
    if (state.open && !told.open) this.#note(say("closed"));
  }

  #take(told) {
    const by = new Map();
    for (const row of told.rows) {
      const count = this.cells.receive(row.row, row.cells);
      if (count && row.account !== state.account) by.set(row.by, (by.get(row.by) ?? 0) + count);
    }
    this.findings.set(told.findings);
    for (const [name, n] of by) this.status(say("changed_by", { by: name || say("someone"), n }));
    if (told.order.join() !== state.order.join()) this.#note(say("rows_changed"));
  }

  #note(words) {
    if (this.notes.dataset.said === words) return;
    this.notes.dataset.said = words;
    const again = el("button", { class: "button", type: "button", onclick: () => location.reload() }, say("reload"));
    this.notes.before(el("p", { class: "note warn", role: "alert" }, words, " ", again));
  }
}
