// The map: a canvas that can be moved, zoomed and walked by keys, and that asks for what comes into view.

import { byId, debounced } from "./dom.js";
import { layout } from "./layout.js";
import { Painter } from "./paint.js";
import { cloudName, counted, durationOf } from "./text.js";

const { select, zoom, zoomIdentity } = globalThis.d3;

const WORTH_ASKING = 90; // square pixels that an interface has to have before it is asked for
const TWEEN = 350;
const MOST_MOVING = 3000;
const LEAST_FRAME = 1000 / 30; // animations need no more

export class NetworkMap extends EventTarget {
  constructor(store, clock) {
    super();
    Object.assign(this, { store, clock, nodes: [], byId: new Map(), chosen: "", filter: null, byGroup: false });
    this.canvas = byId("map");
    this.context = this.canvas.getContext("2d", { alpha: false });
    this.painter = new Painter(this.context);
    this.transform = zoomIdentity;
    this.frames = 0;
    this.painted = 0;
    this.moveUntil = 0;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.zoom = zoom().scaleExtent([0.9, 2000]).on("zoom", (event) => this.moved(event.transform));
    select(this.canvas).call(this.zoom).on("dblclick.zoom", null);
    this.listen();
    this.askSoon = debounced(80, () => this.ask());
    this.layoutSoon = debounced(4, () => this.lay());
  }

  listen() {
    const { canvas, store } = this;
    new ResizeObserver(() => this.resize()).observe(canvas.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.painter.renew();
      this.draw();
    });
    store.addEventListener("changed", () => this.layoutSoon());
    canvas.addEventListener("click", (event) => this.choose(this.hit(event)?.id ?? "", event));
    canvas.addEventListener("dblclick", (event) => this.enter(this.hit(event)));
    canvas.addEventListener("pointermove", (event) => this.hover(event));
    canvas.addEventListener("pointerleave", () => byId("tip").classList.remove("shown"));
    canvas.addEventListener("keydown", (event) => this.key(event));
    canvas.addEventListener("focus", () => this.draw());
    byId("zoom-in").addEventListener("click", () => this.zoomBy(1.7));
    byId("zoom-out").addEventListener("click", () => this.zoomBy(1 / 1.7));
    byId("zoom-fit").addEventListener("click", () => this.fit());
  }

  resize() {
    const box = this.canvas.parentElement.getBoundingClientRect();
    const density = Math.min(2, devicePixelRatio || 1);
    Object.assign(this, { width: Math.max(50, box.width), height: Math.max(50, box.height), density });
    this.canvas.width = Math.round(this.width * density);
    this.canvas.height = Math.round(this.height * density);
    this.zoom.translateExtent([[-60, -60], [this.width + 60, this.height + 60]]);
    this.zoom.extent([[0, 0], [this.width, this.height]]);
    this.lay(false);
  }

  // -- where everything is -------------------------------------------------------------------------

  /** Lay everything out anew; what was elsewhere before moves there. */
  lay(moving = true) {
    if (!this.width) return;
    const before = this.byId;
    const { nodes, byId: found } = layout(this.store.partitions.values(), this.width, this.height);
    Object.assign(this, { nodes, byId: found });
    for (const node of nodes) node.title = titleOf(node);
    this.tween = null;
    if (moving && !this.still.matches && before.size && nodes.length < MOST_MOVING) this.begin(before);
    this.dispatchEvent(new CustomEvent("laid"));
    byId("empty").hidden = nodes.length > 0;
    this.draw();
    this.ask();
  }

  begin(before) {
    const moving = [];
    for (const node of this.nodes) {
      const was = before.get(node.id);
      const from = was && (was.at ?? was);
      if (!from || !["x0", "y0", "x1", "y1"].some((edge) => Math.abs(from[edge] - node[edge]) > 0.3)) continue;
      moving.push({ node, from: { x0: from.x0, y0: from.y0, x1: from.x1, y1: from.y1 } });
      for (let each = node.parent; each && !each.moving; each = each.parent) each.moving = true;
    }
    if (moving.length) this.tween = { moving, start: performance.now() };
  }

  step(time) {
    if (!this.tween) return;
    const part = Math.min(1, (time - this.tween.start) / TWEEN);
    const eased = 1 - (1 - part) ** 3;
    for (const { node, from } of this.tween.moving) {
      const between = (edge) => from[edge] + (node[edge] - from[edge]) * eased;
      node.at = part < 1 ? { x0: between("x0"), y0: between("y0"), x1: between("x1"), y1: between("y1") } : null;
    }
    if (part === 1) this.tween = null;
  }

  // -- painting ------------------------------------------------------------------------------------

  /** Paint as soon as the browser does. */
  draw() {
    this.waiting ??= requestAnimationFrame((time) => this.frame(time));
  }

  frame(time) {
    this.waiting = null;
    this.step(time);
    const { k, x, y } = this.transform;
    const { width, height, density } = this;
    this.context.setTransform(density, 0, 0, density, 0, 0);
    const { touched } = this.store;
    const view = { k, x, y, width, height, time, touched, now: this.clock.now(), running: this.clock.rate > 0 };
    const { painted, lively } = this.painter.frame(this.nodes, {
      ...view, chosen: this.chosen, filter: this.filter, byGroup: this.byGroup, still: this.still.matches,
    });
    this.frames += 1;
    this.painted = painted;
    this.first ||= painted ? performance.now() : 0;
    if (this.laid !== this.nodes) Object.assign(this, { laid: this.nodes, complete: performance.now() });
    if (this.tween) this.draw();
    else if (lively && !this.still.matches) setTimeout(() => this.draw(), LEAST_FRAME);
    else if (lively) setTimeout(() => this.draw(), 500);
  }

  // -- moving --------------------------------------------------------------------------------------

  moved(transform) {
    this.transform = transform;
    byId("tip").classList.remove("shown");
    this.draw();
    this.askSoon();
  }

  zoomBy(factor) {
    this.go((target) => this.zoom.scaleBy(target, factor));
  }

  go(move) {
    const canvas = select(this.canvas);
    move(this.still.matches ? canvas : canvas.transition().duration(350));
  }

  /** Show everything. */
  fit() {
    this.go((target) => this.zoom.transform(target, zoomIdentity));
  }

  /** Come so near to a node that it fills the map. */
  enter(node) {
    if (!node) return;
    const [wide, high] = [node.x1 - node.x0, node.y1 - node.y0];
    const asked = node.kind === "subnet" && !node.holds ? node.row.interfaces + node.row.instances : 0;
    const near = Math.sqrt((WORTH_ASKING * 1.1 * asked) / (wide * high));
    const k = Math.min(2000, Math.max(near, 0.85 * Math.min(this.width / wide, this.height / high)));
    const x = this.width / 2 - (k * (node.x0 + node.x1)) / 2;
    const y = this.height / 2 - (k * (node.y0 + node.y1)) / 2;
    this.go((target) => this.zoom.transform(target, zoomIdentity.translate(x, y).scale(k)));
  }

  /** Ask for what is in the subnets that are in view, and large enough. */
  ask() {
    const { k, x, y } = this.transform;
    for (const node of this.nodes) {
      if (node.kind !== "subnet" || node.partition.loaded.has(node.id) || node.partition.collapsed.has(node.id)) continue;
      const [left, top, right, bottom] = [node.x0 * k + x, node.y0 * k + y, node.x1 * k + x, node.y1 * k + y];
      const seen = right > 0 && bottom > 0 && left < this.width && top < this.height;
      const room = ((right - left) * (bottom - top)) / Math.max(1, node.row.interfaces + node.row.instances);
      if (seen && room >= WORTH_ASKING) this.store.load(node.partition, node.id);
    }
  }

  // -- choosing ------------------------------------------------------------------------------------

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.transform.invert([event.clientX - box.left, event.clientY - box.top]);
  }

  /** Return the innermost node under the pointer. */
  hit(event) {
    const [x, y] = this.at(event);
    let found = null;
    for (let place = 0; place < this.nodes.length;) {
      const node = this.nodes[place];
      const inside = x >= node.x0 && x <= node.x1 && y >= node.y0 && y <= node.y1;
      if (inside) found = node;
      place = inside ? place + 1 : node.end;
    }
    return found;
  }

  /** Choose a node by its id, and tell everybody. */
  choose(id, event = null) {
    this.chosen = id;
    const node = this.byId.get(id);
    if (node) byId("map-said").textContent = sentence(node, this.clock.now());
    this.dispatchEvent(new CustomEvent("chosen", { detail: { node, byHand: Boolean(event) } }));
    this.draw();
  }

  hover(event) {
    const tip = byId("tip");
    const node = event.buttons ? null : this.hit(event);
    tip.classList.toggle("shown", Boolean(node) && node.kind !== "partition");
    if (!node) return;
    tip.textContent = sentence(node, this.clock.now());
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    tip.style.left = `${Math.max(4, Math.min(x + 14, box.width - 290))}px`;
    tip.style.top = `${y + 20 > box.height - 60 ? y - 54 : y + 18}px`;
  }

  /** Collapse the subnet that a node is in, or unfold it. */
  collapse(node) {
    let each = node;
    while (each && each.kind !== "subnet") each = each.parent;
    if (!each) return;
    this.choose(each.id);
    this.store.collapse(each.partition, each.id);
  }

  key(event) {
    const node = this.byId.get(this.chosen) ?? null;
    const beside = this.nodes.filter((each) => each.parent === (node?.parent ?? null));
    const place = beside.indexOf(node);
    const inside = node && this.nodes.find((each) => each.parent === node);
    const steps = {
      ArrowRight: () => inside ?? beside[place + 1],
      ArrowDown: () => beside[place + 1] ?? node,
      ArrowUp: () => beside[Math.max(0, place - 1)],
      ArrowLeft: () => node?.parent ?? node,
      Home: () => this.nodes[0],
    };
    const moves = { "+": () => this.zoomBy(1.7), "-": () => this.zoomBy(1 / 1.7), 0: () => this.fit(), Enter: () => this.enter(node), c: () => this.collapse(node) };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps[event.key]) {
      const next = node ? steps[event.key]() : this.nodes[0];
      if (next) this.choose(next.id, event);
    } else if (moves[event.key]) moves[event.key]();
    else return;
    event.preventDefault();
  }
}

function titleOf(node) {
  const { row, kind } = node;
  if (kind === "partition") return `${cloudName(node.partition.cloud)}  ${row.name}`;
  if (kind === "subnet") return `${row.name || row.id}  ${row.block}  ${row.zone}`;
  if (kind === "network") return `${row.name || row.id}  ${row.block}`;
  return row.name ? `${row.name}  ${row.id}` : row.id;
}

/** Return what there is to say of a node in a sentence. */
export function sentence(node, now) {
  const { row, kind } = node;
  if (kind === "partition") return `${titleOf(node)}: ${counted(node.partition.networks.size, "network")}`;
  if (kind === "subnet") {
    return `subnet ${titleOf(node)}: ${counted(row.instances, "instance")}, ${counted(row.interfaces, "interface")}`;
  }
  const about = [row.name, row.ip, row.block, ...(row.public ?? [])].filter(Boolean).join(", ");
  const left = row.pending && !row.pending.held ? `, ${row.pending.trigger} in ${durationOf(Math.max(0, row.pending.due - now))}` : "";
  const held = row.pending?.held ? `, hangs until it is released` : "";
  return `${kind} ${row.id}${about ? ` (${about})` : ""}: ${row.state}${left}${held}`;
}
