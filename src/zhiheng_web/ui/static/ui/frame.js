// The frame's own behaviour: the menu on small screens, the theme, dialogs, sortable ledgers. Everything works without it too.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    const target = document.getElementById(opener.dataset.opens);
    if (target instanceof HTMLDialogElement) target.showModal();
    else target.toggleAttribute("data-open");
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
  const theme = event.target.closest("[data-sets-theme]");
  if (theme) {
    document.documentElement.dataset.theme = theme.dataset.setsTheme;
    document.cookie = `theme=${theme.dataset.setsTheme};path=/;max-age=31536000;samesite=lax`;
  }
  if (event.target.closest("[data-prints]")) window.print();
});
