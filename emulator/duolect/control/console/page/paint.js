// Painting the map on a canvas: only what is in view, and of that only what can be made out.

import { family } from "./text.js";

const PAINTED = ["steady", "used", "busy", "held", "bad", "off"];

/** Read the colours of the page's theme. */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["ground", "partition", "network", "subnet", "instance", "text", "soft", "line", "accent", "ink"];
  return Object.fromEntries([...names, ...PAINTED].map((name) => [name, colour(name)]));
}

const hues = new Map();

/** Return the colour that a group has, as long as the page is open; no two groups in a row are alike. */
export function groupColour(id) {
  if (!hues.has(id)) hues.set(id, (hues.size * 137.5 + 25) % 360);
  return `hsl(${hues.get(id)} 58% 66%)`;
}

/** Paints one frame after another. */
export class Painter {
  constructor(context) {
    this.context = context;
    this.colours = readColours();
  }

  /** Take the colours anew, after the theme has changed. */
  renew() {
    this.colours = readColours();
  }

  /**
   * Paint nodes as they are seen through a transform. Returns how many were painted and whether some move.
   */
  frame(nodes, view) {
    const { context, colours } = this;
    const { k, x, y, width, height } = view;
    context.fillStyle = colours.ground;
    context.fillRect(0, 0, width, height);
    let painted = 0;
    let lively = false;
    for (let place = 0; place < nodes.length;) {
      const node = nodes[place];
      const left = (node.at?.x0 ?? node.x0) * k + x;
      const top = (node.at?.y0 ?? node.y0) * k + y;
      const wide = (node.at ? node.at.x1 - node.at.x0 : node.x1 - node.x0) * k;
      const high = (node.at ? node.at.y1 - node.at.y0 : node.y1 - node.y0) * k;
      const out = left > width || top > height || left + wide < 0 || top + high < 0;
      if (out || wide < 0.4 || high < 0.4) {
        place = node.at || node.moving ? place + 1 : node.end;
        continue;
      }
      painted += 1;
      lively = this.node(node, view, left, top, wide, high) || lively;
      place = node.holds && wide < 5 ? node.end : place + 1;
    }
    return { painted, lively };
  }

  node(node, view, left, top, wide, high) {
    if (node.kind === "interface" || (node.kind === "instance" && !node.holds)) {
      return this.cell(node, view, left, top, wide, high);
    }
    this.container(node, view, left, top, wide, high);
    if (node.kind === "subnet" && !node.holds) this.summary(node, left, top, wide, high);
    return this.mark(node, view, left, top, wide, high);
  }

  /** Paint what holds other things: a frame with a header. */
  container(node, view, left, top, wide, high) {
    const { context, colours } = this;
    context.fillStyle = colours[node.kind];
    context.fillRect(left, top, wide, high);
    if (wide > 14) {
      context.strokeStyle = colours.line;
      context.lineWidth = 1;
      context.strokeRect(left + 0.5, top + 0.5, wide - 1, high - 1);
    }
    const head = node.holds ? node.head * view.k : Math.min(24, high);
    const size = Math.min(node.kind === "partition" ? 14 : 12.5, head * 0.68);
    if (size < 7 || wide < 30) return;
    const clip = Math.max(left, 0);
    this.text(node.title ?? node.id, clip + 6, Math.max(top, 0) + head / 2, {
      size, width: Math.min(left + wide, view.width) - clip - (node.kind === "instance" ? head + 8 : 12),
      bold: node.kind !== "instance", colour: colours.text,
    });
    if (node.kind === "instance") this.dot(node, left + wide - head * 0.6, top + head / 2, Math.min(4, head / 4));
  }

  dot(node, x, y, radius) {
    if (radius < 1.5) return;
    this.context.fillStyle = this.colours[family(node.row)];
    this.context.beginPath();
    this.context.arc(x, y, radius, 0, 7);
    this.context.fill();
  }

  /** Paint how much of what is in a subnet of which the rows were not asked for. */
  summary(node, left, top, wide, high) {
    const { context, colours } = this;
    const families = node.partition.families(node.row);
    const total = Object.values(families).reduce((sum, each) => sum + each, 0);
    const head = high > 40 && wide > 30 ? 24 : Math.min(2, high * 0.1);
    const edge = Math.min(4, wide * 0.06);
    let from = left + edge;
    for (const name of PAINTED) {
      if (!families[name]) continue;
      const part = ((wide - 2 * edge) * families[name]) / total;
      context.fillStyle = colours[name];
      context.fillRect(from, top + head, part, high - head - edge);
      from += part;
    }
    if (total && wide > 70 && high > 52) {
      const text = `${total.toLocaleString("en")} interfaces`;
      this.text(text, left + edge + 6, top + head + 14, { size: 12, width: wide - 16, colour: colours.ink });
    }
  }

  /** Paint an interface, or an instance without any: returns whether it moves. */
  cell(node, view, left, top, wide, high) {
    const { context, colours } = this;
    const kind = family(node.row);
    const dim = view.filter && !view.filter(node.row);
    const group = view.byGroup && node.row.groups?.[0];
    if (dim) context.globalAlpha = 0.18;
    context.fillStyle = group ? groupColour(group) : colours[node.kind === "instance" ? "instance" : kind];
    const gap = wide > 6 ? 0.5 : 0;
    context.fillRect(left + gap, top + gap, wide - 2 * gap, high - 2 * gap);
    if (node.row.public?.length && wide > 9) {
      context.fillStyle = colours.accent;
      context.fillRect(left + wide - Math.min(6, wide / 3), top + gap, Math.min(6, wide / 3) - gap, Math.min(6, high / 3));
    }
    if (node.row.pending?.held) this.hatch(left, top, wide, high);
    if (wide > 36 && high > 15) this.label(node, left, top, wide, high);
    if (dim) context.globalAlpha = 1;
    return this.mark(node, view, left, top, wide, high);
  }

  label(node, left, top, wide, high) {
    const row = node.row;
    const lines = [row.name || row.ip || row.id, row.name ? row.ip : row.id, this.saying(row), row.public?.[0]];
    const size = Math.max(9, Math.min(13, high / 4.2));
    const step = size * 1.45;
    const colour = node.kind === "instance" ? this.colours.text : this.colours.ink;
    const texts = lines.filter(Boolean).slice(0, Math.max(1, Math.floor((high - 4) / step)));
    texts.forEach((text, place) => {
      const middle = texts.length === 1 ? top + high / 2 : top + 3 + step * (place + 0.5);
      this.text(text, left + 6, middle, { size, width: wide - 11, colour, bold: place === 0 });
    });
  }

  saying(row) {
    if (!row.pending) return row.role ? `${row.role}, ${row.state}` : row.state;
    return row.pending.held ? `${row.state}: hangs` : `${row.state} ...`;
  }

  /** Paint what changes: progress, what hangs, what was touched, what is chosen. Returns whether it moves. */
  mark(node, view, left, top, wide, high) {
    const { context, colours } = this;
    const pending = node.row.pending;
    let lively = false;
    if (pending?.held) {
      lively = this.ring(left, top, wide, high, colours.held, view.still ? 1 : 0.45 + 0.45 * Math.sin(view.time / 260));
    } else if (pending) {
      const whole = Math.max(1, pending.due - pending.started);
      const done = Math.min(1, Math.max(0, (view.now - pending.started) / whole));
      const bar = Math.min(7, Math.max(2, high * 0.16));
      context.fillStyle = colours.ground;
      context.fillRect(left, top + high - bar, wide, bar);
      context.fillStyle = colours.accent;
      context.fillRect(left, top + high - bar, wide * done, bar);
      lively = view.running;
    }
    const since = view.time - (view.touched.get(node.id) ?? -1e9);
    if (since < 1400) {
      this.ring(left, top, wide, high, colours.accent, 1 - since / 1400);
      lively = true;
    }
    if (node.id === view.chosen) this.ring(left, top, wide, high, colours.text, 1, 3);
    return lively;
  }

  ring(left, top, wide, high, colour, alpha, thick = 2) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = Math.min(thick, Math.max(1, wide / 4));
    context.strokeRect(left + 1, top + 1, Math.max(0, wide - 2), Math.max(0, high - 2));
    context.globalAlpha = 1;
    return true;
  }

  hatch(left, top, wide, high) {
    if (wide < 8) return;
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(left, top, wide, high);
    context.clip();
    context.strokeStyle = this.colours.ground;
    context.globalAlpha = 0.35;
    context.lineWidth = 3;
    context.beginPath();
    for (let from = left - high; from < left + wide; from += 11) {
      context.moveTo(from, top + high);
      context.lineTo(from + high, top);
    }
    context.stroke();
    context.restore();
  }

  text(text, x, y, { size, width, colour, bold = false }) {
    const { context } = this;
    const most = Math.floor(width / (size * (bold ? 0.62 : 0.58)));
    if (most < 3) return;
    const font = `${bold ? "600 " : ""}${Math.round(size * 2) / 2}px system-ui, sans-serif`;
    if (context.font !== font) context.font = font;
    context.textBaseline = "middle";
    context.fillStyle = colour;
    context.fillText(text.length > most ? `${text.slice(0, most - 1)}\u2026` : text, x, y);
  }
}
