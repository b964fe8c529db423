// What the page knows of an account: its partitions, and of each what was asked for so far.
//
// The outline (networks, subnets, counts) is asked for at once, in pages. What is in a subnet is asked for, in
// pages too, when the map shows it large enough to tell one interface from another.

import { get } from "./api.js";
import { debounced } from "./dom.js";
import { familyOf } from "./text.js";

const OUTLINE_PAGE = 500;
const ROWS_PAGE = 500;
const MOST_ROWS = 30000;
const MOST_TOUCHED = 5000;

/** One account in one region of one cloud. */
class Partition {
  constructor(cloud, region, recorded) {
    Object.assign(this, { cloud, region, recorded, networks: new Map(), subnets: new Map(), rows: new Map() });
    Object.assign(this, { groups: [], others: {}, loaded: new Set(), loading: new Set(), versions: [] });
    this.collapsed = new Set();
    this.key = `${cloud}/${region}`;
  }

  /** Put a row in, in place of what was there. */
  put(row) {
    const before = this.rows.get(row.id);
    this.count(before, -1);
    this.rows.set(row.id, row);
    this.count(row, 1);
    return before;
  }

  /** Take a resource out. */
  drop(id) {
    this.count(this.rows.get(id), -1);
    this.rows.delete(id);
    this.networks.delete(id);
    this.subnets.delete(id);
    this.loaded.delete(id);
  }

  /** Count a row in or out of its subnet, where that is known row by row. */
  count(row, by) {
    const subnet = row && this.subnets.get(row.subnet);
    if (!subnet || !this.loaded.has(row.subnet)) return;
    if (row.kind === "instance") subnet.instances += by;
    if (row.kind !== "interface") return;
    subnet.interfaces += by;
    subnet.states[row.state] = (subnet.states[row.state] ?? 0) + by;
  }

  /** Return how many interfaces of a subnet there are in each family of states. */
  families(subnet) {
    const found = {};
    for (const [state, count] of Object.entries(subnet.states)) {
      if (count > 0) found[familyOf(state)] = (found[familyOf(state)] ?? 0) + count;
    }
    return found;
  }
}

/** Everything that the page knows of the account that is looked at, now or at a point in the past. */
export class Store extends EventTarget {
  constructor() {
    super();
    this.account = "";
    this.partitions = new Map();
    this.point = this.shown = null;
    this.touched = new Map();
    this.refreshSoon = debounced(300, () => this.reload());
    this.outlineSoon = debounced(60, () => this.outlines());
  }

  /** Tell that something is not as it was; ``shape`` says that something came, went or moved. */
  changed(shape = true) {
    this.dispatchEvent(new CustomEvent("changed", { detail: { shape } }));
  }

  /** Return what names a partition at the point that is looked at. */
  place(partition) {
    const past = this.point?.of.get(partition.key);
    const where = { cloud: partition.cloud, access_key: this.account, region: partition.region };
    return past ? { ...where, version: past.version, instant: past.instant } : where;
  }

  /** Learn which partitions there are. */
  async setPartitions(listed) {
    const before = this.partitions;
    this.partitions = new Map();
    for (const { cloud, region, recorded } of listed) {
      const partition = new Partition(cloud, region, recorded);
      partition.versions = before.get(partition.key)?.versions ?? [];
      partition.collapsed = before.get(partition.key)?.collapsed ?? new Set();
      this.partitions.set(partition.key, partition);
    }
    await this.outlines();
    const loads = [...this.partitions.values()].flatMap((partition) =>
      [...(before.get(partition.key)?.loaded ?? [])].filter((id) => partition.subnets.has(id)).map((id) => this.load(partition, id)));
    await Promise.all(loads);
  }

  /** Ask anew for everything that is shown. */
  async reload() {
    await this.setPartitions([...this.partitions.values()]);
  }

  /** Look at a point in the past, or with null at what is now. */
  async look(point) {
    this.point = point;
    await this.reload();
    if (this.point === point) this.shown = point;
  }

  /** Ask for the outlines of all partitions. */
  async outlines() {
    const mine = this.partitions;
    await Promise.all([...mine.values()].map((each) => this.outline(each)));
    if (mine === this.partitions) this.changed();
  }

  async outline(partition) {
    const networks = new Map();
    const subnets = new Map();
    let after = 0;
    let page;
    do {
      page = await get("console/data/outline", { ...this.place(partition), after, limit: OUTLINE_PAGE });
      for (const each of page.networks) networks.set(each.id, { ...each, kind: "network" });
      for (const each of page.subnets) subnets.set(each.id, { ...each, kind: "subnet" });
      after = Math.max(after, ...[...page.networks, ...page.subnets].map((each) => each.order));
    } while (page.more);
    Object.assign(partition, { networks, subnets, groups: page.groups, others: page.others, now: page.now });
    for (const each of subnets.values()) {
      if (!each.instances && !each.interfaces) partition.loaded.add(each.id);
    }
    for (const id of partition.loaded) if (!subnets.has(id)) partition.loaded.delete(id);
    for (const [id, row] of partition.rows) if (row.subnet && !subnets.has(row.subnet)) partition.rows.delete(id);
  }

  /** Ask for what is in a subnet, page by page, unless it is there. */
  async load(partition, id) {
    if (partition.loaded.has(id) || partition.loading.has(id)) return;
    partition.loading.add(id);
    const found = [];
    let after = 0;
    let page;
    try {
      do {
        const which = { subnet: id, after, limit: ROWS_PAGE };
        page = await get("console/data/rows", { ...this.place(partition), ...which });
        found.push(...page.rows);
        after = page.rows.at(-1)?.order ?? 0;
      } while (page.more && after && this.partitions.get(partition.key) === partition);
    } catch {
      return; // the subnet is gone, or the emulator: either is told of elsewhere
    } finally {
      partition.loading.delete(id);
    }
    if (this.partitions.get(partition.key) !== partition || !partition.subnets.has(id)) return;
    for (const row of found) partition.rows.set(row.id, row);
    this.take(partition, id);
    this.forgetSome(partition, id);
    this.changed();
  }

  /** Count a subnet from its rows, which are all there now. */
  take(partition, id) {
    const subnet = partition.subnets.get(id);
    Object.assign(subnet, { instances: 0, interfaces: 0, states: {} });
    partition.loaded.add(id);
    for (const row of partition.rows.values()) if (row.subnet === id) partition.count(row, 1);
  }

  /** Forget the rows of the subnet that was asked for first, where there are too many. */
  forgetSome(partition, but) {
    for (const id of partition.loaded) {
      if (partition.rows.size <= MOST_ROWS) return;
      if (id === but) continue;
      partition.loaded.delete(id);
      for (const [each, row] of partition.rows) if (row.subnet === id) partition.rows.delete(each);
    }
  }

  /** Apply what the stream says of a partition. */
  apply(change) {
    const partition = this.partitions.get(`${change.cloud}/${change.region}`);
    if (!partition) return;
    partition.versions.push(...change.versions);
    if (this.point) return;
    if (change.refresh) this.refreshSoon();
    const now = performance.now();
    if (this.touched.size > MOST_TOUCHED) this.touched.clear();
    let unknown = change.outline;
    for (const row of change.rows) {
      this.touched.set(row.id, now);
      if (row.kind === "network" || row.kind === "subnet") unknown = true;
      else if (partition.loaded.has(row.subnet)) partition.put(row);
      else if (row.kind === "instance" || row.kind === "interface") {
        this.touched.set(row.subnet, now);
        unknown = true;
      }
    }
    for (const id of change.gone) partition.drop(id);
    if (unknown) this.outlineSoon();
    this.changed();
  }

  /** Show of a subnet only how much is in it, or all of it again. */
  collapse(partition, id) {
    if (!partition.collapsed.delete(id)) partition.collapsed.add(id);
    this.changed();
  }

  /** Return a row or an outline of any partition, with its partition. */
  find(id) {
    for (const partition of this.partitions.values()) {
      const row = partition.rows.get(id) ?? partition.subnets.get(id) ?? partition.networks.get(id);
      if (row) return { partition, row };
    }
    return null;
  }
}
