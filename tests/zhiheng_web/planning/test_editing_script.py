"""The sheet's own reckoning in the browser: blocks on the clipboard, undo and redo, the queue of cells to save. Run by node."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import playwright
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

SCRIPTS = Path(__file__).parents[3] / "src" / "zhiheng_web" / "planning" / "static" / "planning" / "editor"
NODE = shutil.which("node") or str(Path(playwright.__file__).parent / "driver" / "node")
CELL = st.text(st.sampled_from('ab"家\t\n，3'), max_size=6)
BLOCKS = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=4))


def run(script: str, given_: Any = None) -> Any:
    """What the script's last ``told`` call said."""
    lines = (
        f"const at = (name) => import('file://{SCRIPTS}/' + name);",
        f"const given = {json.dumps(given_)};",
        "let said = null; const told = (value) => { said = value; };",
        script,
        "process.stdout.write(JSON.stringify(said));",
    )
    done = subprocess.run([NODE, "--input-type=module", "-e", "\n".join(lines)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def as_excel(block: list[list[str]]) -> str:
    """The block as Excel writes it on the clipboard: the csv module with tabs, which quotes what needs quotes."""
    out = io.StringIO()
    csv.writer(out, dialect="excel-tab", lineterminator="\r\n").writerows(block)
    return out.getvalue()


@settings(max_examples=4, deadline=None)
@given(st.lists(BLOCKS, min_size=40, max_size=60))
def test_a_block_from_excel_is_read_as_it_was(blocks: list[list[list[str]]]) -> None:
    """Hundreds of blocks: what the csv module writes, the page reads; what the page writes, the csv module and the page read."""
    told = run(
        "const { parseBlock, formatBlock } = await at('tsv.js');"
        "told(given.map(([text, block]) => [parseBlock(text), formatBlock(block), parseBlock(formatBlock(block) + '\\r\\n')]));",
        [[as_excel(block), block] for block in blocks],
    )
    for block, (read, written, again) in zip(blocks, told, strict=True):
        assert read == block
        assert again == block
        assert [line or [""] for line in csv.reader(io.StringIO(written + "\r\n", newline=""), dialect="excel-tab")] == block


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("60家", [["60家"]]),
        ("", [[""]]),
        ("a\tb\nc", [["a", "b"], ["c", ""]]),
        ('36"屏幕\t"引号"开头', [['36"屏幕', '"引号"开头']]),
        ('"多\n行"\tx\r\n', [["多\n行", "x"]]),
        ('"说""好"""', [['说"好"']]),
        ('"没有收尾\tx', [['"没有收尾', "x"]]),
        ("a\n\n", [["a"], [""]]),
    ],
)
def test_what_people_paste(text: str, block: list[list[str]]) -> None:
    assert run("const { parseBlock } = await at('tsv.js'); told(parseBlock(given));", text) == block


UNDO = """
const { History } = await at('history.js');
const kept = new Map();
const store = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
let history = new History(store, 'k');
const table = { ...given.table }, states = [JSON.stringify(table)];
const apply = (steps) => steps.forEach((step) => {
  if (table[step.field] !== step.expected) throw new Error('unexpected');
  table[step.field] = step.text;
});
for (const batch of given.batches) {
  const changes = batch.map(([field, text]) => {
    const change = { row: 'r', field, before: table[field], after: text };
    table[field] = text;
    return change;
  });
  history.add(changes);
  if (changes.some((change) => change.before !== change.after)) states.push(JSON.stringify(table));
}
history = new History(store, 'k');
const seen = [];
for (let step = history.undo(); step; step = history.undo()) { apply(step); seen.push(JSON.stringify(table)); }
const back = [];
for (let step = history.redo(); step; step = history.redo()) { apply(step); back.push(JSON.stringify(table)); }
told({ states, seen, back });
"""
BATCHES = st.lists(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1, max_size=4), max_size=8)


@settings(max_examples=10, deadline=None)
@given(BATCHES)
def test_undo_goes_back_through_every_state_and_redo_forward(batches: list[list[tuple[str, str]]]) -> None:
    told = run(UNDO, {"table": {"a": "x", "b": "y", "c": "z"}, "batches": batches})
    assert told["seen"] == told["states"][-2::-1]
    assert told["back"] == told["states"][1:]


QUEUE = """
const { Saving } = await at('saving.js');
const kept = new Map(), log = [], server = { c: 'old' };
const store = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v), removeItem: (k) => kept.delete(k) };
let down = true, during = null;
const post = async (edits) => {
  during?.();
  during = null;
  if (down) throw new Error('no network');
  const saved = [], conflicts = [];
  for (const edit of edits)
    if (edit.base === server.c) { server.c = edit.text; saved.push(edit); }
    else conflicts.push({ ...edit, current: server.c });
  return { status: conflicts.length ? 409 : 200, body: { saved, conflicts, refused: [] } };
};
const queue = new Saving({ post, told: (event, data) => { if (event !== 'state') log.push(event); }, store, key: 'k' });
queue.put('r', 'c', 'old', 'one');
await queue.flush();
const keptAfterLoss = kept.get('k');
down = false;
during = () => queue.put('r', 'c', 'old', 'two');
await queue.flush();
const afterFirst = { server: server.c, waiting: [...queue.waiting.values()] };
await queue.flush();
clearTimeout(queue.timer);
told({ log, keptAfterLoss, afterFirst, server: server.c, count: queue.count, left: kept.get('k') ?? null });
"""


def test_nothing_typed_is_lost_by_a_failing_network_or_a_request_under_way() -> None:
    told = run(QUEUE)
    assert "one" in told["keptAfterLoss"]
    assert told["afterFirst"]["server"] == "one"
    assert told["afterFirst"]["waiting"] == [{"row": "r", "field": "c", "base": "one", "text": "two"}]
    assert (told["server"], told["count"], told["left"]) == ("two", 0, None)
    assert told["log"] == ["lost", "saved", "answer", "saved", "answer"]
