// A refusal stands in the notes of the page; while a dialog is open it is shown there too, where the person is looking.
document.addEventListener("htmx:afterSwap", (event) => {
  const dialog = document.querySelector("dialog[open]");
  if (event.detail.target?.id !== "notes" || !dialog) return;
  dialog.querySelector("[data-note]")?.remove();
  const note = document.createElement("div");
  note.dataset.note = "";
  note.append(...[...event.detail.target.children].map((child) => child.cloneNode(true)));
  dialog.querySelector("h2").after(note);
});
