// The panel of the active cell: what its text means, readings to choose from, a conflict to settle, its findings with replies.
import { el, say, state } from "./words.js";

const PAUSE = 120;

export class Panel {
  constructor({ cells, findings, box, post, settle, answered }) {
    Object.assign(this, { cells, findings, box, post, settle, answered });
    this.cell = null;
    this.timer = null;
    this.turn = 0;
  }

  // Ask what a text means, a moment after the last letter.
  show(cell, text = this.cells.text(cell), pause = PAUSE) {
    if (cell !== this.cell) this.#render(cell, null);
    this.cell = cell;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(cell, text), pause);
  }

  async #ask(cell, text) {
    this.turn += 1;
    const turn = this.turn;
    let answer;
    try { answer = await this.post("preview", { row: cell.dataset.row, field: cell.dataset.f, text }); } catch { return; }
    if (turn !== this.turn || !answer.body.meaning) return;
    this.findings.preview(cell.dataset.row, answer.body.findings);
    this.#render(cell, answer.body);
  }

  // Draw again what is known, without asking (findings or a conflict have changed). `anew`: a reply that was typed here has been sent.
  redraw(anew = false) {
    if (anew) this.box.replaceChildren();
    if (this.cell) this.show(this.cell, undefined, 0);
  }

  #render(cell, told) {
    const about = this.cells.about(cell);
    const replies = [...this.box.querySelectorAll("textarea")];
    if (cell === this.cell && replies.some((area) => area.value || area === document.activeElement)) return; // a reply is being written
    const parts = [el("h2", {}, this.cells.label(cell))];
    if (!this.cells.writable(cell)) parts.push(el("p", { class: "soft" }, say(state.open ? "readonly" : "closed")));
    if (about.conflict) parts.push(this.#conflict(cell, about.conflict));
    if (about.refused) parts.push(el("p", { class: "note bad" }, say("keep_refused", { why: about.refused })));
    if (told?.meaning.length) parts.push(el("dl", {}, ...told.meaning.flatMap(([label, said]) => [el("dt", {}, label), el("dd", {}, said)])));
    if (told?.chosen) parts.push(el("p", { class: "soft" }, say("chosen")));
    if (told?.candidates.length && this.cells.writable(cell)) parts.push(this.#choices(cell, told));
    const own = told ? told.findings.filter((found) => found.field === cell.dataset.f) : this.findings.of(cell);
    parts.push(...own.map((found) => this.#finding(found)));
    this.box.replaceChildren(...parts);
  }

  #finding(found) {
    const known = this.findings.all.some((other) => other.mark === found.mark);
    const reply = found.reply ? el("span", { class: "soft" }, ` ${say("replied", { by: found.reply.by })}${found.reply.text}`) : null;
    const form = found.asks && known && state.open ? this.findings.replyForm(found) : null;
    const data = { class: "finding", "data-sev": found.open ? found.severity : "" };
    return el("div", data, el("span", { class: "sev" }, `${found.code} ${say(found.severity)}`), " ", found.text, reply, form);
  }

  #conflict(cell, conflict) {
    const mine = this.cells.text(cell);
    return el(
      "div", { class: "note bad", role: "alert" },
      el("p", {}, say("conflict", conflict), el("b", {}, conflict.current || "—")),
      el("p", {}, say("your_text"), el("b", {}, mine || "—")),
      el("button", { class: "button", type: "button", onclick: () => this.settle(cell, mine) }, say("mine")), " ",
      el("button", { class: "button", type: "button", onclick: () => this.settle(cell, conflict.current) }, say("theirs")),
    );
  }

  #choices(cell, told) {
    const buttons = told.candidates.map((words, choice) =>
      el("button", { class: "button", type: "button", onclick: () => this.#choose(cell, told.text, choice) }, words));
    return el("div", { class: "choices", role: "group", "aria-label": say("choose") }, el("span", {}, say("choose")), ...buttons);
  }

  async #choose(cell, text, choice) {
    const answer = await this.post("answer", { row: cell.dataset.row, field: cell.dataset.f, text, choice });
    this.answered(answer);
    this.show(cell, text, 0);
  }
}
