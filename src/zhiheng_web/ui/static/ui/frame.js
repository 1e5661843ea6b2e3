// The frame's own behaviour: menus, dialogs, the theme, printing, what to say when the server does not answer.
// Pages read and submit without any of it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const target = document.getElementById(opener.dataset.opens);
    if (target instanceof HTMLDialogElement) target.showModal();
    else opener.setAttribute("aria-expanded", String(target.toggleAttribute("data-open")));
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  const unfold = event.target.closest("[data-unfolds]");
  if (unfold) {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    for (const one of document.getElementById(unfold.dataset.unfolds).querySelectorAll("details")) one.open = open;
  }
  const theme = event.target.closest("[data-sets-theme]");
  if (theme) setTheme(theme.dataset.setsTheme);
  if (event.target.closest("[data-prints]")) window.print();
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function setTheme(name) {
  document.documentElement.dataset.theme = name;
  document.cookie = `theme=${name};path=/;max-age=31536000;samesite=lax`;
  for (const button of document.querySelectorAll("[data-sets-theme]")) button.setAttribute("aria-pressed", String(button.dataset.setsTheme === name));
}

// A question before something that cannot be taken back: <form data-asks="…">.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.asks ?? event.target.dataset.asks;
  if (question && !window.confirm(question)) event.preventDefault();
});

// htmx: a whole page that comes as the answer to a fragment (signed out, out of date, fault) is never put into the page.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!/^\s*<!doctype/i.test(xhr.responseText)) return;
  if (xhr.status < 400 && event.detail.target === document.body) return;
  event.detail.shouldSwap = false;
  if (xhr.status < 400) window.location.reload();
  else say(xhr.status === 403 ? "stale" : "fault");
});
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) say("fault"); });
document.addEventListener("htmx:sendError", () => say("offline"));

// A form that was refused keeps what was typed. The inputs that the refusal names are marked, with what is wrong beside them.
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("form");
  // The last step of a page whose rows are saved by themselves waits until none of them is refused.
  const refused = form && "last" in form.dataset ? [...document.querySelectorAll("form[data-refused]")].find((one) => one !== form) : null;
  if (refused) {
    event.preventDefault();
    refused.querySelector("[aria-invalid]")?.focus();
  } else if (form) unmark(form);
});
// htmx hears the buttons within a form, not those elsewhere on the page that belong to it: which one was pressed goes with the form
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button?.form) return;
  button.form.querySelector("[data-pressed]")?.remove();
  if (!button.name || button.form.contains(button)) return;
  const pressed = document.createElement("input");
  Object.assign(pressed, { type: "hidden", name: button.name, value: button.value }).dataset.pressed = "";
  button.form.append(pressed);
}, true);
document.addEventListener("htmx:afterSwap", (event) => {
  const form = event.detail.requestConfig?.elt?.closest("form");
  const note = form && event.target.closest("#notes")?.querySelector("[data-refusal]");
  if (!note) return;
  unmark(form);
  form.dataset.refused = "";
  const wrong = [...note.querySelectorAll("[data-field]")].map((text) => mark(form, text.dataset.field, text.textContent || text.parentElement.textContent)).filter(Boolean);
  if (wrong.length && event.detail.requestConfig.triggeringEvent?.type === "submit") wrong[0].focus();
});

function mark(form, name, words) {
  const found = form.elements.namedItem(name) ?? form.elements.namedItem(`text-${name}`);
  const input = found instanceof RadioNodeList ? found[0] : found;
  if (!input || input.type === "hidden") return null;
  const text = document.createElement("span");
  text.className = "error small";
  text.id = `wrong-${document.querySelectorAll("[data-wrong]").length}-${name}`;
  text.dataset.wrong = "";
  text.textContent = words;
  input.after(text);
  input.dataset.described = input.getAttribute("aria-describedby") ?? "";
  input.setAttribute("aria-describedby", `${input.dataset.described} ${text.id}`.trim());
  input.setAttribute("aria-invalid", "true");
  for (let fold = input.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  return input;
}

function unmark(form) {
  delete form.dataset.refused;
  for (const text of form.querySelectorAll("[data-wrong]")) text.remove();
  for (const input of form.querySelectorAll("[data-described]")) {
    input.removeAttribute("aria-invalid");
    if (input.dataset.described) input.setAttribute("aria-describedby", input.dataset.described);
    else input.removeAttribute("aria-describedby");
    delete input.dataset.described;
  }
}

function say(which) {
  const note = document.createElement("p");
  note.className = "note bad";
  note.setAttribute("role", "alert");
  note.textContent = document.body.dataset[which];
  document.getElementById("notes")?.replaceChildren(note);
}

// What scrolls sideways is reached by the keyboard, also where nothing inside it takes the focus.
function reachable() {
  for (const box of document.querySelectorAll(".flush, .form-sheet, .scroll")) {
    const scrolls = box.scrollWidth > box.clientWidth && !box.querySelector("a[href], button, input, select, textarea, summary, [tabindex]");
    if (scrolls) box.tabIndex = 0;
  }
}
reachable();
addEventListener("resize", reachable);
document.addEventListener("htmx:afterSwap", reachable);

// A column of boxes gets one that chooses them all: <th data-chooses="name of the boxes" data-says="its label">.
for (const head of document.querySelectorAll("[data-chooses]")) {
  const boxes = head.closest("form").querySelectorAll(`input[type=checkbox][name="${head.dataset.chooses}"]`);
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.dataset.says);
  all.title = head.dataset.says;
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  head.replaceChildren(all);
}

// A menu longer than the screen shows where the reader is: its own scrolling, not the page's.
function showHere() {
  const side = document.getElementById("side");
  const here = side?.querySelector("[aria-current]");
  if (here && side.scrollHeight > side.clientHeight) side.scrollTop = here.offsetTop - side.clientHeight / 2;
}
showHere();
document.addEventListener("htmx:afterSettle", (event) => { if (event.target === document.body) showHere(); });
