// The page as a whole: which account is looked at, and who tells whom of what.

import { follow, get } from "./api.js";
import { Clock } from "./clock.js";
import { Details } from "./details.js";
import { attempt, byId, debounced, el, fill, say } from "./dom.js";
import { NetworkMap } from "./map.js";
import { groupColour } from "./paint.js";
import { Store } from "./store.js";
import { counted } from "./text.js";
import { TimelineView } from "./timeline.js";

const LISTED_GROUPS = 8;
const store = new Store();
const clock = new Clock(store);
const map = new NetworkMap(store, clock);
const timeline = new TimelineView(store, clock);
const details = new Details(store, clock, {
  show: () => tab("details"),
  callsAbout: (id) => timeline.filter(id),
  faultFor: async (wanted) => (await panel("faults")).prefill(wanted),
  go,
});
let following = new AbortController();
let pinned = false; // whether the user has said which account is meant

// -- panels that are loaded when they are first opened -----------------------------------------------------

const makers = {
  faults: async () => new (await import("./faults.js")).Faults(store, () => tab("faults")),
  coverage: async () => new (await import("./coverage.js")).Coverage(),
  control: async () => new (await import("./control.js")).Control(store, { again: () => look(store.account), go }),
};
const panels = {};

/** Return a panel, loaded and made. */
const panel = (name) => (panels[name] ??= makers[name]());

/** Let the panel of the faults ask anew, where it is shown. */
const refreshFaults = async () => byId("panel-faults").hidden || (await panel("faults")).refreshSoon();

// -- tabs ----------------------------------------------------------------------------------------------

const tabs = [...document.querySelectorAll("[role=tab]")];

function tab(name, focus = false) {
  document.body.dataset.tab = name;
  for (const each of tabs) {
    const chosen = each.dataset.tab === name;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !chosen;
    if (chosen && focus) each.focus();
  }
  if (makers[name]) attempt(async () => (await panel(name)).open());
}

tabs.forEach((each, place) => {
  each.addEventListener("click", () => tab(each.dataset.tab));
  each.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) tab(tabs[(place + by + tabs.length) % tabs.length].dataset.tab, true);
  });
});

// -- accounts ------------------------------------------------------------------------------------------

async function accounts() {
  const { accounts: names, latest, more } = await get("console/data/accounts", { limit: 200 });
  const known = new Set([store.account, latest, ...names].filter(Boolean));
  fill(byId("account"), ...[...known].map((name) => el("option", { value: name, selected: name === store.account }, name)),
    more ? el("option", { value: "", disabled: true }, "and more: type one into the search") : null);
  return { names, latest };
}

/** Look at an account: ask for what it has, and follow what becomes of it. */
async function look(account) {
  following.abort();
  following = new AbortController();
  Object.assign(store, { account, point: null, partitions: new Map() });
  store.touched.clear();
  byId("account").value = account;
  const { signal } = following;
  let listed = false;
  const ask = async (partitions) => {
    await store.setPartitions(partitions);
    await timeline.load();
    describe();
  };
  follow("console/data/stream", { access_key: account }, signal, {
    open: () => status("live"),
    broken: () => status("broken"),
    partitions: ({ partitions }) => {
      listed = true;
      if (store.point) timeline.live();
      attempt(() => ask(partitions));
      if (!partitions.length) accountsSoon();
    },
    changed: (change) => {
      store.apply(change);
      timeline.addOperations(change.operations);
      refreshDetails(change);
      if (change.operations.length) refreshFaults();
    },
    calls: ({ calls }) => {
      timeline.addCalls(calls);
      if (calls.some((each) => each.fault)) refreshFaults();
    },
    clock: (told) => {
      clock.set(told);
      timeline.draw();
    },
  });
  return listed;
}

function status(how) {
  byId("status").textContent = how === "live" ? "live" : "not connected";
  byId("status").className = `status ${how}`;
}

// -- an account that nobody knows of may come at any time ---------------------------------------------------

const accountsSoon = debounced(1000, async () => {
  if (pinned || store.partitions.size) return;
  const found = await accounts().catch(() => null);
  const name = found && (found.latest || found.names[0]);
  if (name && name !== store.account) look(name);
  else accountsSoon();
});

function describe() {
  const groups = [...store.partitions.values()].flatMap((each) => each.groups);
  const chosen = byId("group").value;
  fill(byId("group"), el("option", { value: "" }, "all groups"),
    ...groups.map((each) => el("option", { value: each.id }, `${each.name || each.id} (${each.members})`)));
  byId("group").value = groups.some((each) => each.id === chosen) ? chosen : "";
  for (const each of document.querySelectorAll(".states")) each.hidden = map.byGroup;
  byId("group-colours").hidden = !map.byGroup;
  fill(byId("group-colours"), ...groups.slice(0, LISTED_GROUPS).map((each) => {
    const swatch = el("i");
    swatch.style.background = groupColour(each.id);
    return el("span", {}, swatch, each.name || each.id);
  }));
  const unrecorded = [...store.partitions.values()].filter((each) => !each.recorded);
  byId("unrecorded").hidden = !unrecorded.length;
}

store.addEventListener("changed", debounced(400, () => {
  describe();
  let interfaces = 0;
  for (const { subnets } of store.partitions.values()) for (const each of subnets.values()) interfaces += each.interfaces;
  byId("counted").textContent = counted(interfaces, "interface");
}));

// -- choosing -----------------------------------------------------------------------------------------

map.addEventListener("chosen", ({ detail: { node, byHand } }) => {
  if (!node || node.kind === "partition") details.clear();
  else details.resource(node.partition, node.id, byHand);
});
timeline.addEventListener("call", ({ detail }) => details.call(detail));

const refreshDetails = (change) => {
  const touched = [...change.rows.map((row) => row.id), ...change.gone];
  const found = details.id && touched.includes(details.id) && store.partitions.get(`${change.cloud}/${change.region}`);
  if (found && !store.point) details.resource(found, details.id, false);
};

/** Go to a resource by its id, wherever it is. */
async function go(id, partition = null) {
  let found = map.byId.get(id);
  if (!found) {
    const where = store.find(id);
    const row = where?.row ?? (await search(id))[0]?.row;
    const holder = row && store.find(row.subnet)?.partition;
    if (holder) {
      await store.load(holder, row.subnet);
      map.lay(false);
      found = map.byId.get(id);
    } else if (row || partition) {
      const its = partition ?? where?.partition ?? (await search(id))[0]?.partition;
      details.resource(its, id);
      return;
    }
  }
  if (!found) return say(`${id} is not there (any more).`, true);
  map.choose(found.id, {});
  map.enter(found.kind === "interface" || found.kind === "instance" ? found.parent : found);
}

async function search(text) {
  const pages = await Promise.all([...store.partitions.values()].map(async (partition) => {
    const { rows } = await get("console/data/search", { ...store.place(partition), text });
    return rows.map((row) => ({ row, partition }));
  }));
  return pages.flat();
}

byId("search").addEventListener("input", debounced(150, async () => {
  const text = byId("search").value.trim();
  const found = text ? (await attempt(() => search(text))) ?? [] : [];
  fill(byId("found"), ...found.slice(0, 20).map(({ row, partition }) => el("option", { value: row.id }, `${row.kind} ${row.name} ${row.ip} ${partition.region}`)));
}));
byId("search-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = byId("search").value.trim();
  const [first] = text ? ((await attempt(() => search(text))) ?? []) : [];
  if (first) go(first.row.id, first.partition);
  else if (text) {
    const { names } = await accountsLike(text);
    if (names.length) look(names[0]);
    else say(`There is nothing like ${text}.`, true);
  }
});
const accountsLike = async (text) => ({ names: (await get("console/data/accounts", { text, limit: 1 })).accounts });

byId("account").addEventListener("change", () => {
  pinned = true;
  look(byId("account").value);
});
byId("account").addEventListener("focus", () => accounts());
byId("colour").addEventListener("change", () => {
  map.byGroup = byId("colour").value === "group";
  map.draw();
  describe();
});
byId("group").addEventListener("change", () => {
  const id = byId("group").value;
  map.filter = id ? (row) => row.groups?.includes(id) : null;
  map.draw();
});

details.clear();
tab("details");
attempt(async () => {
  const { names, latest } = await accounts();
  const said = new URLSearchParams(location.search).get("account");
  pinned = Boolean(said);
  const wanted = said || latest || names[0] || "";
  await look(wanted); // where nobody has called yet it has nothing, but the clock runs
  document.body.dataset.ready = "true";
});
globalThis.duolectConsole = { store, map, clock, timeline, look }; // for whoever looks at the page from outside
