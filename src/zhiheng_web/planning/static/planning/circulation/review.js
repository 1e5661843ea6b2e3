// The review page: press a cell to write an opinion on it; the total and grade of the points as they are typed.
const cells = document.querySelector("table[data-takes-opinions]");
const chooser = document.getElementById("cell");
if (cells && chooser) {
  cells.addEventListener("click", (event) => {
    const cell = event.target.closest("td[data-cell]");
    if (!cell || event.target.closest("a")) return;
    chooser.value = cell.dataset.cell;
    mark();
    document.getElementById("opinion-text").focus();
  });
  chooser.addEventListener("change", mark);
}

function mark() {
  cells.querySelector("[data-chosen]")?.removeAttribute("data-chosen");
  cells.querySelector(`[data-cell="${CSS.escape(chooser.value)}"]`)?.setAttribute("data-chosen", "");
}

const form = document.querySelector("form.decide");
const told = form?.querySelector("[data-total]");
if (told) {
  const rule = told.textContent;
  const inputs = [...form.querySelectorAll("[data-full]")];
  form.addEventListener("input", () => {
    const points = inputs.map((input) => Number.parseFloat(input.value));
    if (points.some(Number.isNaN)) { told.textContent = rule; return; }
    // In ten-thousandths, so that 0.1 + 0.2 is 0.3.
    const total = points.reduce((sum, value) => sum + Math.round(value * 10000), 0);
    const full = inputs.reduce((sum, input) => sum + Math.round(Number.parseFloat(input.dataset.full) * 10000), 0);
    const place = form.dataset.bounds.split(" ").findIndex((bound) => total * 100 >= Number.parseFloat(bound) * full);
    const { saysAgree, saysMend, saysReturn, saysBlock } = told.dataset;
    told.textContent = `${total / 10000} → ${[saysAgree, saysMend, saysReturn][place] ?? saysBlock}`;
  });
}
