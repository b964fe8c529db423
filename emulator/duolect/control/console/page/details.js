// What was chosen: a resource in the core's words and as its vendor's API shows it, or a call.

import { change, get } from "./api.js";
import { attempt, button, byId, copyButton, el, fill } from "./dom.js";
import { cloudName, durationOf, family, timeOf } from "./text.js";

const pretty = (tree) => el("pre", { tabindex: "0" }, JSON.stringify(tree, null, 2));

/** Return a part of the panel that can be folded. */
const part = (title, content, open = true) => el("details", { open }, el("summary", {}, title), content);

const facts = (pairs) => el("dl", {}, ...pairs.filter(([, text]) => text !== "" && text !== null && text !== undefined)
  .flatMap(([name, text]) => [el("dt", {}, name), el("dd", {}, text)]));

/** Return the state of a row with its colour. */
export const chip = (row) => el("span", { class: `chip ${family(row)}` }, row.pending?.held ? `${row.state}: hangs` : row.state);

export class Details {
  constructor(store, clock, { show, callsAbout, faultFor, go }) {
    Object.assign(this, { store, clock, show, callsAbout, faultFor, go, asked: 0, id: "" });
    this.panel = byId("details");
  }

  /** Show nothing. */
  clear() {
    this.id = "";
    this.asked += 1;
    fill(this.panel, el("p", { class: "hint" }, "Choose something on the map, or a call on the timeline."));
  }

  /** Show a resource, and again when it has changed. */
  async resource(partition, id, byHand = true) {
    this.id = id;
    const asked = (this.asked += 1);
    let found;
    try {
      found = await get("console/data/resource", { ...this.store.place(partition), id });
    } catch (error) {
      if (asked === this.asked) fill(this.panel, el("h2", {}, id), el("p", { class: "hint" }, error.message));
      return;
    }
    if (asked !== this.asked) return;
    const { row, core, vendor, addresses } = found;
    const open = [...this.panel.querySelectorAll("details")].map((each) => each.open);
    fill(
      this.panel,
      el("h2", {}, row.name || row.id),
      facts([
        ["kind", row.kind],
        ["id", row.id],
        ["state", row.state ? chip(row) : ""],
        ["where", `${cloudName(partition.cloud)}, ${partition.region}`],
        ["network", row.network && this.link(row.network)],
        ["subnet", row.subnet && this.link(row.subnet)],
        ["instance", row.instance && this.link(row.instance)],
        ["groups", row.groups.join(", ")],
        ["public", row.public.join(", ")],
      ]),
      row.pending && this.pending(partition, row),
      addresses.length ? part("Addresses", this.addresses(addresses)) : null,
      part("In core terms", pretty(core)),
      vendor.action
        ? part(`As ${cloudName(partition.cloud)}'s ${vendor.action} shows it`, vendor.refused ? el("p", {}, vendor.refused) : pretty(vendor.answer))
        : null,
      el("div", { class: "row" },
        row.kind === "subnet"
          ? button(partition.collapsed.has(row.id) ? "Unfold" : "Collapse", () => {
            this.store.collapse(partition, row.id);
            this.resource(partition, row.id, false);
          })
          : null,
        button("Calls about it", () => this.callsAbout(row.id)),
        button("Fault for it", () => this.faultFor({ cloud: partition.cloud, resource: row.id })),
        copyButton("Copy id", () => row.id)),
    );
    this.panel.querySelectorAll("details").forEach((each, place) => {
      if (open.length && open[place] !== undefined) each.open = open[place];
    });
    if (byHand) this.show();
  }

  link(id) {
    return button(id, () => this.go(id), { class: "link" });
  }

  addresses(list) {
    const rows = list.map((each) => el("li", {}, `${each.ip} ${each.primary ? "(primary) " : ""}${each.state}`));
    return el("ul", {}, ...rows);
  }

  pending(partition, row) {
    const { trigger, kind, operation, started, due, held } = row.pending;
    const text = held
      ? `${kind} hangs since ${timeOf(started)}: a fault holds it until it is released.`
      : `${kind}: ${trigger} at ${timeOf(due)}, after ${durationOf(due - started)}.`;
    const release = (fails) => attempt(
      () => change("POST", `operations/${encodeURIComponent(operation)}/release`, undefined, {
        fails, access_key: this.store.account, cloud: partition.cloud, region: partition.region,
      }),
      fails ? "It fails now." : "Released.",
    );
    return el("div", { class: held ? "notice held" : "notice" }, el("p", {}, text),
      held && !this.store.point
        ? el("div", { class: "row" }, button("Release it", () => release(false)), button("Let it fail", () => release(true)))
        : null);
  }

  /** Show a call. */
  async call(number) {
    this.id = "";
    const asked = (this.asked += 1);
    const found = await attempt(() => get(`console/data/calls/${number}`));
    if (!found || asked !== this.asked) return;
    const { record, sent, answer, signature } = found;
    const kept = "It was made while no console was open, so that this was not kept.";
    fill(
      this.panel,
      el("h2", {}, record.action),
      facts([
        ["outcome", el("span", { class: `chip ${record.outcome}` }, record.code || record.outcome)],
        ["message", record.message],
        ["at", timeOf(Date.parse(record.at) * 1000)],
        ["where", `${cloudName(record.cloud)}, ${record.region}`],
        ["request id", record.request_id],
        ["took", `${record.microseconds} \u00b5s`],
        ["fault", record.fault],
        ["findings", record.findings.join(", ")],
      ]),
      part("What it changed", this.changes(record)),
      part("Request", el("div", {}, pretty(record.parameters), sent
        ? el("pre", { tabindex: "0" }, `${sent.method} ${sent.path}\n${headerLines(sent.headers)}`) : el("p", { class: "hint" }, kept))),
      part("Answer", answer
        ? el("pre", { tabindex: "0" }, `${answer.status}\n${headerLines(answer.headers)}\n\n${bodyText(answer)}`)
        : el("p", { class: "hint" }, sent ? "The connection was closed without one." : kept)),
      part("Signature", signature
        ? el("div", {}, el("p", {}, signature.verdict), signature.scheme ? pretty(signature) : null)
        : el("p", { class: "hint" }, kept), false),
      el("div", { class: "row" },
        copyButton("Copy as curl", async () => (await import("./copy.js")).asCurl(record, location.host)),
        copyButton("Copy as CLI", async () => (await import("./copy.js")).asCli(found, location.host)),
        copyButton("Copy as pytest", async () => (await import("./copy.js")).asPytest(found)),
        button("Fault for this action", () => this.faultFor({ cloud: record.cloud, action: record.action }))),
    );
    this.show();
  }

  changes(record) {
    if (!record.changed.length) return el("p", { class: "hint" }, record.outcome === "ok" ? "Nothing: it only reads." : "Nothing.");
    return el("ul", {}, ...record.changed.map((each) => el("li", {}, `${each.command}: `,
      ...each.resources.flatMap((id) => [this.link(id), " "]))));
  }
}

const headerLines = (headers) => Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join("\n");

function bodyText({ body, whole }) {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return whole ? body : `${body}\n... and more`;
  }
}
