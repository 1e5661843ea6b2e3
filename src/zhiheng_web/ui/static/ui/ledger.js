// Ledgers that one can sort, filter, print and take along as seen: <table class="ledger" data-ledger>.
//   data-ledger="tools"   puts the row of tools above the table (filter, count, print, export)
//   <th data-sort="text|number">  makes the column sortable; a cell may say its order by data-value
// Rows of a <tbody data-fixed> stay where they are. Without this script the table is a plain table.

const words = document.documentElement.lang.startsWith("en")
  ? { filter: "Filter", of: (seen, all) => `${seen} of ${all} rows`, print: "Print", xlsx: "Export XLSX", csv: "CSV", sort: "Sort by", none: "No row matches the filter." }
  : { filter: "筛选", of: (seen, all) => `${seen} / ${all} 行`, print: "打印", xlsx: "导出 XLSX", csv: "CSV", sort: "按此排序：", none: "没有符合筛选条件的行。" };
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function set(table) {
  if (table.dataset.ready) return;
  table.dataset.ready = "1";
  const heads = [...(table.tHead?.rows[table.tHead.rows.length - 1]?.cells ?? [])];
  heads.forEach((head, column) => { if (head.dataset.sort) sortable(table, head, column); });
  if (table.dataset.ledger === "tools") tools(table);
}

const bodies = (table) => [...table.tBodies].filter((body) => !("fixed" in body.dataset));
const rowsOf = (table) => bodies(table).flatMap((body) => [...body.rows]);

function sortable(table, head, column) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "sort";
  button.append(...head.childNodes);
  button.title = words.sort + button.textContent.trim();
  head.append(button);
  button.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.cells[column]?.dataset.value ?? row.cells[column]?.textContent.trim() ?? "";
    for (const body of bodies(table)) body.append(...[...body.rows].sort((a, b) => ordered(key(a), key(b), head.dataset.sort === "number", down)));
  });
}

// What is missing stands last whichever way one sorts: it is not the smallest.
function ordered(a, b, numeric, down) {
  const missing = (text) => text === "" || text === "—";
  if (missing(a) || missing(b)) return missing(a) - missing(b);
  const difference = numeric ? number(a) - number(b) : collator.compare(a, b);
  return down ? -difference : difference;
}
const number = (text) => Number(text.replaceAll(",", "")) || 0;

function tools(table) {
  const row = document.createElement("div");
  row.className = "ledger-tools no-print";
  const input = Object.assign(document.createElement("input"), { type: "search", placeholder: words.filter, autocomplete: "off" });
  input.setAttribute("aria-label", words.filter);
  const count = Object.assign(document.createElement("span"), { className: "count" });
  count.setAttribute("role", "status");
  const show = () => {
    const all = rowsOf(table);
    const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const line of all) line.hidden = !wanted.every((word) => line.textContent.toLowerCase().includes(word));
    const seen = all.filter((line) => !line.hidden).length;
    count.textContent = seen ? words.of(seen, all.length) : words.none;
  };
  input.addEventListener("input", show);
  row.append(input, count, press(words.print, () => window.print()), press(words.xlsx, () => send(table, "xlsx")), press(words.csv, () => send(table, "csv")));
  (table.closest(".flush") ?? table).before(row);
  show();
}

function press(text, does) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button small", textContent: text });
  button.addEventListener("click", does);
  return button;
}

// The server writes the file from the rows that stand on the screen, in their order, and from nothing else.
function send(table, kind) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `/export/${kind}/`;
  const add = (name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  add("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
  add("title", table.dataset.title ?? document.querySelector("h1")?.textContent.trim() ?? "");
  add("table", JSON.stringify(matrix(table)));
  document.body.append(form);
  form.submit();
  form.remove();
}

// Rows of [text, is it a number] with joined cells repeated where they reach; columns marked data-unsent stay out.
function matrix(table) {
  const unsent = new Set([...(table.tHead?.rows[0]?.cells ?? [])].flatMap((cell, index) => ("unsent" in cell.dataset ? [index] : [])));
  const lines = [...table.rows].filter((row) => !row.hidden);
  return lines.map((row) => {
    const cells = [...row.cells].filter((cell, index) => !unsent.has(index));
    return cells.flatMap((cell) => [[said(cell), Boolean(cell.classList.contains("number") && row.parentElement.tagName !== "THEAD")], ...Array(cell.colSpan - 1).fill(["", false])]);
  });
}
const said = (cell) => (cell.querySelector(".sort") ?? cell).innerText.trim();

const setAll = (root) => root.querySelectorAll("table[data-ledger]").forEach(set);
setAll(document);
document.addEventListener("htmx:load", (event) => setAll(event.detail.elt));
