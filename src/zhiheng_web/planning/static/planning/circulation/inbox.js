// The inbox: tick all, and how many are ticked.
const all = document.querySelector("[data-ticks-all]");
const boxes = [...document.querySelectorAll('input[name="chosen"]')];
const told = document.querySelector("[data-ticked]");
all?.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; say(); });
for (const box of boxes) box.addEventListener("change", say);
function say() { told.textContent = `${boxes.filter((box) => box.checked).length} / ${boxes.length}`; }
