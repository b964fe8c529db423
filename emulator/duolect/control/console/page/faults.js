// Faults: a form made from the registry of actions, the rules there are, presets, and what hangs.

import { change, get } from "./api.js";
import { attempt, button, byId, debounced, el, fill } from "./dom.js";
import { cloudName } from "./text.js";

const FIRST = ["code", "hang", "fail", "delay_ms", "latency_ms", "stale_ms", "exhausted"];

export class Faults {
  constructor(store, show) {
    Object.assign(this, { store, show, form: null, asked: 0 });
    this.cloud = byId("fault-cloud");
    this.action = byId("fault-action");
    this.cloud.addEventListener("change", () => this.ask());
    this.action.addEventListener("change", () => this.ask());
    byId("fault-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    byId("fault-clear").addEventListener("click", () => this.clear());
    byId("preset-add").addEventListener("click", () => this.addPreset());
    this.refreshSoon = debounced(150, () => this.refresh());
  }

  /** Show the panel, for the first time with what it needs. */
  async open() {
    if (!this.form) {
      const { presets } = await get("fault-presets");
      fill(byId("preset"), ...presets.map((each) => el("option", { value: each.name, title: each.about }, each.name)));
      await this.ask();
    }
    await this.refresh();
  }

  /** Open the form with something filled in. */
  async prefill({ cloud, action = "", resource = "" }) {
    this.show();
    this.cloud.value = cloud;
    this.action.value = action;
    await this.ask();
    byId("fault-resource").value = resource;
    byId("fault-action").focus();
  }

  /** Ask what a rule may say of the action that is chosen. */
  async ask() {
    const asked = (this.asked += 1);
    const action = this.action.value.trim() || "*";
    let form;
    try {
      form = await get("console/data/fault-form", { cloud: this.cloud.value, action });
    } catch (error) {
      byId("fault-hint").textContent = error.message;
      return;
    }
    if (asked !== this.asked) return;
    this.form = form;
    byId("fault-hint").textContent = "";
    fill(byId("fault-actions"), ...form.actions.map((each) => el("option", { value: each })));
    fill(byId("fault-codes"), ...Object.entries(form.codes).map(([code, status]) => el("option", { value: code }, String(status))));
    const effects = form.members.filter((each) => each.effect && each.possible);
    const order = (each) => (FIRST.includes(each.name) ? FIRST.indexOf(each.name) : FIRST.length);
    effects.sort((one, other) => order(one) - order(other));
    const known = byId("fault-effect").value;
    fill(byId("fault-effect"), ...effects.map((each) => el("option", { value: each.name, title: each.meaning }, each.name)));
    if (effects.some((each) => each.name === known)) byId("fault-effect").value = known;
    byId("fault-effect").onchange = () => this.showEffect();
    this.showEffect();
    const others = form.members.filter((each) => !each.effect);
    fill(byId("fault-more"), ...others.map((each) => this.field(each, "more")));
  }

  /** Show the field of the effect that is chosen. */
  showEffect() {
    const effect = this.form.members.find((each) => each.name === byId("fault-effect").value);
    byId("fault-meaning").textContent = effect ? `${effect.meaning}.` : "";
    fill(byId("fault-value"), effect && effect.type !== "switch" ? this.field(effect, "effect") : null);
  }

  field(each, group) {
    const id = `fault-${group}-${each.name}`;
    const common = { id, "data-name": each.name, "data-type": each.type, "data-group": group };
    if (each.type === "switch") {
      return el("div", { class: "field check" }, el("input", { ...common, type: "checkbox" }), el("label", { for: id, title: each.meaning }, each.name));
    }
    const input = each.type === "object"
      ? el("textarea", { ...common, rows: "3", placeholder: "JSON" })
      : el("input", {
        ...common, type: each.type === "number" ? "number" : "text", step: "any", min: "0",
        required: group === "effect", list: each.name === "code" ? "fault-codes" : null,
      });
    return el("div", { class: "field" }, el("label", { for: id, title: each.meaning }, each.name), input);
  }

  /** Return the rule that the form says. */
  rule() {
    const rule = { cloud: this.cloud.value, action: this.action.value.trim() || "*" };
    rule.access_key = byId("fault-mine").checked ? this.store.account : "*";
    const resource = byId("fault-resource").value.trim();
    if (resource) rule.resource = { [byId("fault-by").value]: resource };
    const effect = byId("fault-effect").value;
    if (this.form.members.find((each) => each.name === effect)?.type === "switch") rule[effect] = true;
    for (const input of byId("fault-form").querySelectorAll("[data-name]")) {
      const { name, type } = input.dataset;
      if (type === "switch" && input.checked) rule[name] = true;
      else if (type !== "switch" && input.value.trim()) rule[name] = valueOf(input.value.trim(), type);
    }
    return rule;
  }

  async add() {
    const added = await attempt(() => change("POST", "faults", this.rule()), "The fault is added.");
    if (added) await this.refresh();
  }

  async addPreset() {
    const name = byId("preset").value;
    const wanted = byId("fault-mine").checked ? { access_key: this.store.account } : {};
    if (await attempt(() => change("POST", `fault-presets/${name}`, wanted), `${name} is added.`)) await this.refresh();
  }

  async clear() {
    await attempt(() => change("DELETE", "faults"), "All faults are gone; what hangs goes on hanging.");
    await this.refresh();
  }

  /** Show the rules that there are, and what hangs. */
  async refresh() {
    const found = await attempt(() => Promise.all([get("faults"), get("operations", { held: true, access_key: this.store.account })]));
    if (!found) return;
    const [{ faults }, { operations }] = found;
    fill(byId("faults"), ...faults.map((each) => this.line(each)));
    byId("no-faults").hidden = faults.length > 0;
    fill(byId("held"), ...operations.map((each) => this.held(each)));
    byId("no-held").hidden = operations.length > 0;
  }

  line(fault) {
    const { id, cloud, action, access_key: key, hits, matches, ...rest } = fault;
    const said = Object.entries(rest).filter(([, value]) => value !== null && value !== false && !(value === 0 || value === 1));
    const text = said.map(([name, value]) => (value === true ? name : `${name} ${typeof value === "object" ? JSON.stringify(value) : value}`)).join(", ");
    const remove = async () => {
      await attempt(() => change("DELETE", `faults/${id}`), `${id} is gone.`);
      await this.refresh();
    };
    return el("li", {}, el("div", {}, el("b", {}, `${id} ${action}`), ` on ${cloudName(cloud)}, ${key === "*" ? "everybody" : key}: ${text}. `,
      el("span", { class: "hint" }, `Struck ${hits} of ${matches}.`)), button("Remove", remove, { "aria-label": `Remove ${id}` }));
  }

  held(operation) {
    const { id, kind, cloud, region, access_key: key, resources } = operation;
    const release = (fails) => async () => {
      const query = { fails, cloud, region, access_key: key };
      await attempt(() => change("POST", `operations/${encodeURIComponent(id)}/release`, undefined, query), fails ? "It fails now." : "Released.");
      await this.refresh();
    };
    return el("li", {}, el("div", {}, el("b", {}, kind), ` ${resources.join(", ")}`),
      el("div", { class: "row" }, button("Release", release(false)), button("Let it fail", release(true))));
  }
}

function valueOf(text, type) {
  if (type === "number") return Number(text);
  return type === "object" ? JSON.parse(text) : text;
}
