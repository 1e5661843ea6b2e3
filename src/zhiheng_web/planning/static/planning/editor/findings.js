// The findings: a mark in the corner of each cell, a list grouped by duty.
import { el, say, state } from "./words.js";

const RANK = { error: 0, warning: 1, information: 2 };

export class Findings {
  constructor(cells, list, count, go) {
    Object.assign(this, { cells, list, count, go });
    this.all = [];
    this.shown = "";
  }

  of(cell) { return this.all.filter((found) => found.row === cell.dataset.row && found.field === cell.dataset.f); }

  set(findings) {
    this.all = findings;
    this.#marks();
    const text = JSON.stringify(findings);
    if (text !== this.shown) this.#render();
    this.shown = text;
  }

  // As one types: the findings of one row as they would be.
  preview(row, findings) {
    this.#marks(this.all.filter((found) => found.row !== row).concat(findings), row);
  }

  #marks(findings = this.all, only = null) {
    const worst = new Map();
    for (const found of findings) {
      const cell = this.cells.find(found.row, found.field);
      if (!cell || !found.open) continue;
      if (!worst.has(cell) || RANK[found.severity] < RANK[worst.get(cell)]) worst.set(cell, found.severity);
    }
    for (const cell of this.cells.matrix.cells) {
      if (only && cell.dataset.row !== only) continue;
      const severity = worst.get(cell);
      if (severity) cell.dataset.sev = severity;
      else delete cell.dataset.sev;
    }
  }

  #render() {
    const open = this.all.filter((found) => found.open);
    this.count.textContent = say("count", { errors: open.filter((found) => found.blocks).length, warnings: open.filter((found) => !found.blocks).length });
    this.list.replaceChildren();
    if (!this.all.length) this.list.append(el("p", { class: "soft" }, say("no_findings")));
    for (const duty of [null, ...state.duties]) {
      const own = this.all.filter((found) => found.duty === (duty ? duty.number : null));
      if (!own.length) continue;
      this.list.append(el("h3", {}, duty ? say("duty", { n: duty.number, name: duty.name }) : say("table")), ...own.map((found) => this.#line(found)));
    }
  }

  #line(found) {
    const cell = this.cells.find(found.row, found.field);
    const words = [el("span", { class: "sev" }, this.#severity(found)), " ", found.text];
    if (found.reply) words.push(el("span", { class: "soft" }, ` ${say("replied", { by: found.reply.by })}${found.reply.text}`));
    const data = { class: "finding", "data-sev": found.open ? found.severity : "" };
    return cell ? el("button", { ...data, type: "button", onclick: () => this.go(cell) }, ...words) : this.#general(found, data, words);
  }

  // A finding of the whole table is answered here: it has no cell.
  #general(found, data, words) {
    return el("div", data, ...words, found.asks && state.open ? this.replyForm(found) : null);
  }

  #severity(found) { return `${found.code} ${found.open || found.severity === "information" ? say(found.severity) : ""}`; }

  // One reply may answer every finding of the same rule: a rule often speaks at twenty rows for one reason.
  replyForm(found) {
    const others = this.all.filter((other) => other.code === found.code && other.mark !== found.mark && other.open && other.asks).length;
    const area = el("textarea", { rows: 2, maxlength: 1000, "aria-label": say("reply_hint"), placeholder: say("reply_hint") });
    const alike = el("input", { type: "checkbox" });
    const too = others ? el("label", { class: "row small" }, alike, say("alike", { code: found.code, n: others })) : null;
    const send = el("button", { class: "button", type: "button", onclick: () => this.reply(found.mark, area.value, alike.checked, send) }, say("reply"));
    return el("details", {}, el("summary", {}, say("reply")), area, too, send);
  }
}
