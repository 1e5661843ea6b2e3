// A block of cells as Excel and WPS put it on the clipboard: tabs between cells, quotes around a cell with a tab, quote or line break.

export function parseBlock(text) {
  const rows = [];
  let row = [], cell = "", at = 0;
  const source = text.replace(/\r\n?/g, "\n");
  if (source === "") return [[""]];
  const endCell = () => { row.push(cell); cell = ""; };
  const endRow = () => { endCell(); rows.push(row); row = []; };
  while (at < source.length) {
    const letter = source[at];
    if (letter === '"' && cell === "" && closes(source, at)) {
      [cell, at] = quoted(source, at);
      continue;
    }
    if (letter === "\t") endCell();
    else if (letter === "\n") endRow();
    else cell += letter;
    at += 1;
  }
  if (!source.endsWith("\n")) endRow();
  const width = Math.max(...rows.map((line) => line.length));
  return rows.map((line) => [...line, ...Array(width - line.length).fill("")]);
}

// Whether the quote at `start` opens a quoted cell: one that is closed right before a tab, a line break or the end.
// 36"屏幕 and “"引号”开头 are ordinary text.
function closes(source, start) {
  for (let at = start + 1; at < source.length; at += 1) {
    if (source[at] !== '"') continue;
    if (source[at + 1] === '"') at += 1;
    else return at + 1 >= source.length || source[at + 1] === "\t" || source[at + 1] === "\n";
  }
  return false;
}

function quoted(source, start) {
  let cell = "", at = start + 1;
  while (source[at] !== '"' || source[at + 1] === '"') {
    if (source[at] === '"') at += 1;
    cell += source[at];
    at += 1;
  }
  return [cell, at + 1];
}

export function formatBlock(rows) {
  return rows.map((row) => row.map(formatCell).join("\t")).join("\r\n");
}

function formatCell(text) {
  return /[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
