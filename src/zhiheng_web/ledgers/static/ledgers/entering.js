// A form of an entry: the cursor begins at the first fault or the first field; Ctrl+Enter saves.
const form = document.querySelector("[data-entering]");
const first = form?.querySelector('[aria-invalid="true"]') ?? form?.querySelector(".fields input, .fields select, .fields textarea");
first?.focus();
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); }
});
