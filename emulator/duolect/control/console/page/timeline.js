// The timeline: calls and what took time, and the points in the past to which the map can go back.

import { get } from "./api.js";
import { button, byId, el, fill } from "./dom.js";
import { readColours } from "./paint.js";
import { timeOf } from "./text.js";

const MOST = 400;
const LISTED = 120;

export class TimelineView extends EventTarget {
  constructor(store, clock) {
    super();
    Object.assign(this, { store, clock, calls: [], operations: new Map(), points: [], about: "" });
    this.strip = byId("strip");
    this.slider = byId("scrub");
    this.slider.addEventListener("input", () => this.scrub(Number(this.slider.value)));
    byId("live").addEventListener("click", () => this.live());
    byId("about-clear").addEventListener("click", () => this.filter(""));
    this.strip.addEventListener("click", (event) => this.clicked(event));
    new ResizeObserver(() => this.draw()).observe(this.strip.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    setInterval(() => this.clock.rate && this.operations.size && !document.hidden && this.draw(), 500);
  }

  /** Begin anew for the account that is looked at. */
  async load() {
    const found = await get("console/data/timeline", { access_key: this.store.account, limit: 200 });
    this.calls = found.calls;
    this.operations = new Map(found.operations.map((each) => [each.id, each]));
    for (const { cloud, region, versions } of found.recorded) {
      const partition = this.store.partitions.get(`${cloud}/${region}`);
      if (partition) partition.versions = versions;
    }
    this.show();
  }

  /** Take calls that were made. */
  addCalls(calls) {
    this.calls = [...this.calls, ...calls].slice(-MOST);
    this.show();
  }

  /** Take what the stream says of operations. */
  addOperations(operations) {
    for (const each of operations) {
      this.operations.delete(each.id);
      this.operations.set(each.id, each);
    }
    while (this.operations.size > MOST) this.operations.delete(this.operations.keys().next().value);
    this.show();
  }

  /** Show only calls about a resource. */
  filter(id) {
    this.about = id;
    this.show();
  }

  show() {
    this.gather();
    this.list();
    this.draw();
  }

  // -- the past --------------------------------------------------------------------------------------

  /** Gather the points to which one can go back, oldest first: commands, and ends of what took time. */
  gather() {
    const points = [];
    for (const { key, versions } of this.store.partitions.values()) {
      for (const each of versions) points.push({ ...each, key, label: each.command || "recording begins" });
    }
    const since = Math.min(...points.map((each) => each.at));
    for (const each of this.operations.values()) {
      if (each.state === "running" || each.due < since) continue;
      points.push({ at: each.due, key: "", label: `${each.kind} ${each.state}` });
    }
    points.sort((one, other) => one.at - other.at || Number(Boolean(one.key)) - Number(Boolean(other.key)) || (one.version ?? 0) - (other.version ?? 0));
    this.points = points;
    this.slider.max = Math.max(0, points.length - 1);
    this.slider.disabled = points.length < 2;
    if (!this.store.point) this.slider.value = this.slider.max;
    this.tell();
  }

  scrub(place) {
    const point = this.points[place];
    if (!point) return;
    const of = new Map();
    for (const { key, version } of this.points.slice(0, place + 1)) if (key) of.set(key, { version });
    for (const partition of this.store.partitions.values()) {
      if (!partition.versions.length) continue;
      const past = of.get(partition.key) ?? { version: 0 };
      of.set(partition.key, { ...past, instant: point.at });
    }
    this.store.look({ of, at: point.at, label: point.label });
    this.tell();
    this.draw();
  }

  async live() {
    await this.store.look(null);
    this.slider.value = this.slider.max;
    this.tell();
    this.draw();
  }

  tell() {
    const { point } = this.store;
    byId("live").hidden = !point;
    document.body.classList.toggle("past", Boolean(point));
    const text = point ? `As it was at ${timeOf(point.at)}, after: ${point.label}` : "Now";
    byId("scrub-about").textContent = this.slider.disabled ? "Now; nothing has happened since the page was opened" : text;
    this.slider.setAttribute("aria-valuetext", text);
  }

  // -- the list ----------------------------------------------------------------------------------------

  list() {
    const about = this.about;
    byId("about").textContent = about ? `Only calls about ${about}` : "";
    byId("about-clear").hidden = !about;
    const shown = this.calls.filter((each) => !about || each.resources.includes(about)).slice(-LISTED).reverse();
    const rows = shown.map((each) => el("li", {}, button("", () => this.dispatchEvent(new CustomEvent("call", { detail: each.number })), {
      class: `call ${each.outcome}`,
    })));
    rows.forEach((row, place) => {
      const each = shown[place];
      row.firstChild.append(
        el("span", { class: "time" }, timeOf(each.at)), el("span", { class: `cloud ${each.cloud}` }, each.cloud),
        el("span", { class: "action" }, each.action),
        el("span", { class: "result" }, each.fault ? `${each.code || each.outcome} (fault ${each.fault})` : each.code || each.outcome),
      );
    });
    fill(byId("calls"), ...rows);
    byId("no-calls").hidden = rows.length > 0;
  }

  // -- the strip ---------------------------------------------------------------------------------------

  span() {
    const times = [...this.calls.map((each) => each.at), ...[...this.operations.values()].map((each) => each.started)];
    const now = this.clock.now();
    const latest = Math.max(now, ...[...this.operations.values()].filter((each) => !each.held).map((each) => Math.min(each.due, now + 60e6)));
    const first = Math.max(Math.min(...times, now - 5e6), now - 600e6);
    return { first, last: latest + (latest - first) * 0.03 };
  }

  draw() {
    const box = this.strip.parentElement.getBoundingClientRect();
    const density = Math.min(2, devicePixelRatio || 1);
    const [width, height] = [box.width, 58];
    this.strip.width = width * density;
    this.strip.height = height * density;
    const context = this.strip.getContext("2d");
    context.scale(density, density);
    const colours = readColours();
    const { first, last } = this.span();
    const x = (at) => ((at - first) / (last - first)) * (width - 16) + 8;
    this.bars(context, x, colours);
    const outcomes = { ok: colours.used, refused: colours.bad, failed: colours.busy };
    for (const each of this.calls) {
      context.fillStyle = outcomes[each.outcome];
      context.beginPath();
      context.arc(x(each.at), each.cloud === "alibaba" ? 9 : 19, 3.4, 0, 7);
      context.fill();
    }
    context.fillStyle = colours.accent;
    const at = this.store.point?.at ?? this.clock.now();
    context.fillRect(x(at) - 0.75, 0, 1.5, height);
  }

  bars(context, x, colours) {
    const lanes = [];
    for (const each of this.operations.values()) {
      const ends = each.held ? this.clock.now() : each.due;
      if (ends - each.started < 1000) continue;
      let lane = lanes.findIndex((free) => free <= each.started);
      if (lane < 0) lane = lanes.length;
      lanes[lane] = ends;
      if (lane > 4) continue;
      const [from, to] = [x(each.started), x(ends)];
      const running = each.held ? colours.held : colours.busy;
      context.fillStyle = { running, succeeded: colours.steady, failed: colours.bad }[each.state];
      context.fillRect(from, 28 + lane * 6, Math.max(2, to - from), 4);
    }
  }

  clicked(event) {
    const { first, last } = this.span();
    const box = this.strip.getBoundingClientRect();
    const at = first + ((event.clientX - box.left - 8) / (box.width - 16)) * (last - first);
    const near = this.calls.reduce((best, each) => (Math.abs(each.at - at) < Math.abs((best?.at ?? Infinity) - at) ? each : best), null);
    if (near) this.dispatchEvent(new CustomEvent("call", { detail: near.number }));
  }
}
