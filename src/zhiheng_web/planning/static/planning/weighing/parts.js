// Lines of parts: add one, remove one. Without this script the page still offers spare blank lines.
const table = document.querySelector(".parts-table tbody");
const add = document.querySelector("[data-add]");

if (table && add) {
  add.hidden = false;
  add.addEventListener("click", () => {
    const line = table.rows[table.rows.length - 1].cloneNode(true);
    for (const input of line.querySelectorAll("input")) input.value = "";
    line.cells[4].textContent = "—";
    table.append(line);
    line.querySelector("input").focus();
  });
  table.addEventListener("click", (event) => {
    if (!event.target.closest("[data-remove]")) return;
    const line = event.target.closest("tr");
    if (table.rows.length > 1) line.remove();
    else for (const input of line.querySelectorAll("input")) input.value = "";
  });
}
