// What is done to the emulator as a whole or to the account: reset, snapshots, downloads.

import { change, get, getBlob } from "./api.js";
import { attempt, button, byId, download, el, fill } from "./dom.js";

export class Control {
  constructor(store, { again, go }) {
    Object.assign(this, { store, again, go });
    byId("reset-mine").addEventListener("click", () => this.reset({ access_key: store.account }, `everything of ${store.account}`));
    byId("reset-all").addEventListener("click", () => this.reset({}, "everything, of all accounts"));
    byId("snapshot-mine").addEventListener("click", () => this.give("snapshot", { access_key: store.account }, "snapshot.json"));
    byId("snapshot-all").addEventListener("click", () => this.give("snapshot", {}, "snapshot-all.json"));
    byId("journal-mine").addEventListener("click", () => this.give("journal/export", { access_key: store.account }, "journal.ndjson"));
    byId("restore").addEventListener("change", () => this.restore());
    byId("others-show").addEventListener("click", () => this.others());
  }

  reset(query, what) {
    const dialog = byId("sure-dialog");
    byId("sure-text").textContent = `This forgets ${what}. It cannot be undone.`;
    dialog.returnValue = "";
    dialog.addEventListener("close", async () => {
      if (dialog.returnValue !== "yes") return;
      await attempt(() => change("POST", "reset", undefined, query), "Reset.");
      this.again();
    }, { once: true });
    dialog.showModal();
  }

  async give(path, query, name) {
    const blob = await attempt(() => getBlob(path, query));
    if (blob) download(`duolect-${name}`, blob);
  }

  async restore() {
    const [file] = byId("restore").files;
    if (!file) return;
    await attempt(async () => change("POST", "restore", JSON.parse(await file.text())), "Restored.");
    byId("restore").value = "";
    this.again();
  }

  /** Show the panel. */
  open() {
    return this.others();
  }

  /** List what is not on the map: groups, route tables, public addresses, key pairs. */
  async others() {
    const parts = [];
    for (const partition of this.store.partitions.values()) {
      for (const [kind, count] of Object.entries(partition.others)) {
        const list = el("ul", { class: "lines" });
        const more = async (after) => {
          const page = await attempt(() => get("console/data/rows", { ...this.store.place(partition), kind, after, limit: 50 }));
          if (!page) return;
          if (list.lastChild?.classList.contains("more")) list.lastChild.remove();
          list.append(...page.rows.map((row) => el("li", {}, button(row.name ? `${row.id} ${row.name}` : row.id, () => this.go(row.id, partition), { class: "link" }), ` ${row.public.join()} ${row.state}`)));
          if (page.more) list.append(el("li", { class: "more" }, button("More", () => more(page.rows.at(-1).order))));
        };
        const details = el("details", {}, el("summary", {}, `${partition.key}: ${kind} (${count})`), list);
        details.addEventListener("toggle", () => details.open && !list.children.length && more(0));
        parts.push(details);
      }
    }
    fill(byId("others"), ...(parts.length ? parts : [el("p", { class: "hint" }, "There is nothing else.")]));
  }
}
