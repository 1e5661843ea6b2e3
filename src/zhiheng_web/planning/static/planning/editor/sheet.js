// The sheet: puts the parts together. Without this script each row has a form of its own.
import { Cells } from "./cells.js";
import { Clipboard } from "./clipboard.js";
import { Findings } from "./findings.js";
import { Grid } from "./grid.js";
import { History } from "./history.js";
import { Matrix } from "./matrix.js";
import { Panel } from "./panel.js";
import { Presence } from "./presence.js";
import { Saving } from "./saving.js";
import { Tools } from "./tools.js";
import { say, state } from "./words.js";

const frame = document.getElementById("sheet");
const statusBox = frame.querySelector("[data-status]");
const csrf = JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];

async function ask(url, options) {
  const answer = await fetch(url, { credentials: "same-origin", ...options });
  if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) return { status: answer.status, body: await answer.json() };
  // Another page than the one asked for: the session has ended. What is written waits here.
  return { status: answer.ok ? 401 : answer.status, body: answer.ok ? { message: say("signed_out") } : {} };
}
const post = (name, data) =>
  ask(state.urls[name], { method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf }, body: JSON.stringify(data) });
const get = (name, data) => ask(`${state.urls[name]}?${new URLSearchParams(data)}`);

function status(words, tone = "") {
  statusBox.textContent = words;
  statusBox.dataset.tone = tone;
}

const saving = new Saving({
  post: (edits) => post("cells", { edits }),
  told: (event, data) => told[event](data),
  store: sessionStorage,
  key: `zhiheng.edits.${state.version}`,
});
const cells = new Cells(new Matrix(document.querySelectorAll("table[data-grid]")), saving);
const history = new History(sessionStorage, `zhiheng.undo.${state.version}`);
const findings = new Findings(cells, frame.querySelector("[data-findings]"), frame.querySelector("[data-count]"), (cell) => grid.go(cell));

const told = {
  state() {
    if (saving.lost) return;
    if (saving.flying.size) status(say("saving"));
    else if (saving.count) status(say("pending", { n: saving.count }));
  },
  saved(cell) { cells.saved(cell); },
  conflict(cell) { cells.conflict(cell); },
  refused(cell) { cells.refuse(cell); },
  answer(body) {
    findings.set(body.findings);
    const troubled = [...body.refused.map((cell) => cell.message)];
    if (troubled.length) status(troubled[0], "bad");
    else if (!saving.count) status(say("saved"), "good");
    if (body.edits === presence.edits + 1) presence.edits = body.edits;
    panel.redraw();
  },
  lost(body) { status(body.message || say("offline", { n: saving.count }), "bad"); },
  forbidden(body) { status(say("forbidden", { why: body.message ?? "" }), "bad"); },
};

// Everything that is written goes through here: one step to undo, then the queue.
function written(changes, words = "") {
  const real = changes.filter(({ cell, text }) => cells.text(cell) !== text);
  history.add(real.map(({ cell, text }) => ({ row: cell.dataset.row, field: cell.dataset.f, before: cells.text(cell), after: text })));
  for (const { cell, text } of real) cells.write(cell, text);
  if (words) status(words);
  if (grid.active) panel.show(grid.active);
}

function replay(steps, done) {
  if (!steps) return status(say("nothing_to_undo"));
  let skipped = 0, last = null;
  for (const { row, field, expected, text } of steps) {
    const cell = cells.find(row, field);
    if (!cell || cells.text(cell) !== expected) { skipped += 1; continue; }
    cells.write(cell, text);
    last = cell;
  }
  if (last) grid.go(last);
  status(say(done, { n: steps.length - skipped }) + (skipped ? `；${say("not_undone", { n: skipped })}` : ""));
  return undefined;
}

const undo = () => { grid.commit(); replay(history.undo(), "undone"); };
const redo = () => { grid.commit(); replay(history.redo(), "redone"); };

const grid = new Grid(cells, {
  active: (cell) => panel.show(cell),
  typing: (cell, text) => panel.show(cell, text),
  written,
  command(event) {
    const key = event.key.toLowerCase();
    if (key === "z") (event.shiftKey ? redo : undo)();
    else if (key === "y") redo();
    else if (key === "d") clipboard.fill();
    else if (key === "s") saving.flush();
    else return false;
    return true;
  },
});
const clipboard = new Clipboard(grid, written, status);
const panel = new Panel({
  cells, findings, post,
  box: frame.querySelector("[data-cell-panel]"),
  settle(cell, text) { written([{ cell, text }]); cells.write(cell, text); grid.go(cell); },
  answered(answer) {
    if (answer.body.findings) findings.set(answer.body.findings);
    else status(answer.body.message ?? "", "bad");
  },
});
findings.reply = async (mark, text, alike, button) => {
  button.disabled = true;
  const answer = await post("reply", { mark, text, alike });
  button.disabled = false;
  document.activeElement?.blur();
  if (answer.body.findings) findings.set(answer.body.findings);
  else status(answer.body.message ?? "", "bad");
  panel.redraw(Boolean(answer.body.findings));
};
const presence = new Presence({ cells, findings, get, status, busy: () => saving.count > 0 || grid.editing, notes: frame });
const tools = new Tools(frame, grid, () => saving.flush());

frame.querySelector("[data-do=undo]").addEventListener("click", undo);
frame.querySelector("[data-do=redo]").addEventListener("click", redo);
frame.querySelector("[data-do=fill]").addEventListener("click", () => clipboard.fill());
addEventListener("keydown", (event) => {
  if (event.key === "F6" && frame.contains(document.activeElement)) {
    event.preventDefault();
    const box = frame.querySelector(".sheet-panel");
    if (box.contains(document.activeElement)) grid.go(grid.active);
    else (box.querySelector("button, summary, textarea") ?? box).focus();
  } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && event.target === grid.input && !grid.editing) {
    event.preventDefault();
    tools.move(event.key === "ArrowUp" ? "up" : "down");
  }
});
addEventListener("beforeunload", (event) => { grid.commit(); if (saving.count) { saving.flush(); event.preventDefault(); } });

findings.set(state.findings);
const left = saving.left().filter((edit) => { const cell = cells.find(edit.row, edit.field); return cell && cells.writable(cell); });
for (const edit of left) {
  const cell = cells.find(edit.row, edit.field);
  cells.about(cell).base = edit.base;
  cells.write(cell, edit.text);
}
if (left.length) status(say("restored", { n: left.length }));
for (const cell of cells.matrix.cells) cell.tabIndex = -1;
const first = document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`);
const start = (location.hash && first?.querySelector?.("td[data-f=name]")) || cells.matrix.cells.find((cell) => cells.writable(cell) && cell.dataset.f === "target");
if (start) grid.go(start);
