// The sums as one types. Points are counted in whole ten-thousandths, so that 33.33 + 33.33 + 33.34 is 100 and nothing else.
const PLACES = 4;

/** "1.5" → 15000n; null for what is no number of at most four places. */
export function scaled(text) {
  const plain = text.trim().replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[．。]/g, ".");
  if (plain === "") return 0n;
  const found = /^(\d{1,6})(?:\.(\d{0,4}))?$/.exec(plain);
  return found ? BigInt(found[1] + (found[2] ?? "").padEnd(PLACES, "0")) : null;
}

/** 15000n → "1.5". */
export function plain(number) {
  const sign = number < 0n ? "-" : "";
  const digits = (number < 0n ? -number : number).toString().padStart(PLACES + 1, "0");
  const rest = digits.slice(-PLACES).replace(/0+$/, "");
  return sign + digits.slice(0, -PLACES) + (rest ? "." + rest : "");
}

const summary = document.querySelector("[data-expected]");
const total = summary?.querySelector("[data-sum]");

function sumOf(inputs) {
  let sum = 0n;
  for (const input of inputs) {
    const points = scaled(input.value);
    input.setAttribute("aria-invalid", points === null ? "true" : "false");
    sum += points ?? 0n;
  }
  return sum;
}

function show() {
  const all = [...document.querySelectorAll("[data-points]")];
  const sum = sumOf(all);
  const rest = scaled(summary.dataset.expected) - sum;
  total.textContent = plain(sum);
  total.toggleAttribute("data-wrong", rest !== 0n);
  total.toggleAttribute("data-right", rest === 0n);
  summary.querySelector("[data-rest]").textContent = plain(rest < 0n ? -rest : rest);
  const label = summary.querySelector("[data-rest-label]");
  label.textContent = rest < 0n ? label.dataset.more : label.dataset.less;
  for (const duty of document.querySelectorAll(".weigh-duty")) {
    duty.querySelector("[data-duty-sum]").textContent = plain(sumOf(duty.querySelectorAll("[data-points]")));
  }
  for (const line of document.querySelectorAll("[data-level]")) {
    const own = all.filter((input) => input.closest("tr").querySelector("[data-level-choice]").value.split("/")[0] === line.dataset.level);
    line.querySelector("[data-level-sum]").textContent = plain(sumOf(own));
  }
}

function changed(form) {
  form.dataset.changed = "";
  // What is typed and not saved would be lost by accepting a proposal: save first.
  for (const button of document.querySelectorAll("[data-accept]")) button.disabled = true;
}

if (total && document.querySelector("[data-points]")) {
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".weigh-duty");
    if (!form) return;
    changed(form);
    show();
  });
  let leaving = false;
  document.addEventListener("submit", (event) => {
    leaving = document.querySelectorAll(".weigh-duty[data-changed]").length === (event.target.matches("[data-changed]") ? 1 : 0);
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && document.querySelector(".weigh-duty[data-changed]")) event.preventDefault();
  });
  show();
}
