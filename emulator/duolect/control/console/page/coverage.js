// What is served, parameter by parameter, with a search; it is asked for when somebody wants to see it.

import { get } from "./api.js";
import { byId, debounced, el, fill } from "./dom.js";
import { cloudName } from "./text.js";

const MOST = 250;

export class Coverage {
  constructor() {
    this.rows = null;
    for (const id of ["coverage-text", "coverage-treatment"]) {
      byId(id).addEventListener("input", debounced(80, () => this.show()));
    }
  }

  /** Show the table, for the first time after asking for it. */
  async open() {
    if (this.rows) return;
    byId("coverage-count").textContent = "Asking ...";
    const found = await get("coverage");
    this.rows = Object.entries(found).flatMap(([cloud, { actions }]) => actions.flatMap((action) =>
      action.parameters.map(({ name, treatment, note }) => {
        const words = [cloud, action.product, action.action, name, note].join(" ").toLowerCase();
        return { cloud, product: action.product, action: action.action, name, treatment, note, words };
      })));
    this.actions = Object.values(found).reduce((sum, { actions }) => sum + actions.length, 0);
    this.show();
  }

  show() {
    if (!this.rows) return;
    const wanted = byId("coverage-text").value.toLowerCase().split(/\s+/).filter(Boolean);
    const treatment = byId("coverage-treatment").value;
    const found = this.rows.filter((row) => (!treatment || row.treatment === treatment) && wanted.every((word) => row.words.includes(word)));
    const shown = found.slice(0, MOST);
    byId("coverage-count").textContent = `${found.length} of ${this.rows.length} parameters of ${this.actions} actions`
      + (found.length > MOST ? `; the first ${MOST} are shown` : "");
    fill(byId("coverage-rows"), ...shown.map((row) => el("tr", {},
      el("td", {}, cloudName(row.cloud)), el("td", {}, row.action), el("td", {}, row.name),
      el("td", {}, el("span", { class: `chip ${row.treatment}` }, row.treatment)), el("td", {}, row.note))));
  }
}
