// The buttons above the sheet: rows up, down, out; zoom; panels. Rows change by ordinary forms, so that the page is loaded anew.
const kept = (name, value) => {
  try {
    if (value !== undefined) localStorage.setItem(`zhiheng.sheet.${name}`, value);
    return localStorage.getItem(`zhiheng.sheet.${name}`);
  } catch { return null; }
};

export class Tools {
  constructor(frame, grid, flush) {
    Object.assign(this, { frame, grid, flush });
    document.querySelector(".frame")?.setAttribute("data-wide", "");
    this.#zoom(frame.querySelector("select[data-do=zoom]"));
    this.#panel(frame.querySelector("[data-do=panel]"));
    const actions = { add: () => this.#add(), up: () => this.move("up"), down: () => this.move("down"), remove: () => this.#send("remove") };
    for (const [name, action] of Object.entries(actions)) frame.querySelector(`[data-do=${name}]`)?.addEventListener("click", action);
    frame.querySelector("[data-do=keys]").addEventListener("click", () => document.getElementById("keys").showModal());
  }

  #zoom(choice) {
    const set = (value) => { this.frame.dataset.zoom = kept("zoom", value); };
    choice.value = kept("zoom") ?? "100";
    set(choice.value);
    choice.addEventListener("change", () => set(choice.value));
  }

  #panel(button) {
    const panel = document.getElementById("findings-panel");
    const set = (open) => { panel.hidden = !open; button.setAttribute("aria-expanded", String(open)); };
    set(kept("panel") !== "closed");
    button.addEventListener("click", () => { set(panel.hidden); kept("panel", panel.hidden ? "closed" : "open"); });
  }

  get line() { return this.grid.active?.closest("tr[data-line]")?.dataset.line; }

  #add() {
    const form = document.getElementById("add-row"), row = this.grid.active?.closest("tr[data-duty]");
    form.open = true;
    if (row) {
      form.querySelector("[name=duty]").value = row.dataset.duty;
      form.querySelector("[name=after]").value = this.line ?? "";
    }
    form.querySelector("[name=name]").focus();
    form.scrollIntoView({ block: "center" });
  }

  move(step) { this.#send("move", step); }

  async #send(what, step = "") {
    const form = document.getElementById("arrange");
    if (!form || !this.line) return;
    await this.flush();
    form.action = `${location.pathname}rows/${this.line}/${what}/`;
    form.elements.step.value = step;
    form.submit();
  }
}
