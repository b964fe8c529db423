// Where everything is on the map: networks hold subnets, subnets instances, instances interfaces.
//
// d3-hierarchy lays it out (a squarified treemap); here is only how much room each thing wants.

const { hierarchy, treemap, treemapDice, treemapSlice, treemapSquarify } = globalThis.d3;

const squarify = treemapSquarify.ratio(1.1);

/** The clouds lie side by side, or one below the other where it is narrow; the rest as square as it can. */
function tile(node, x0, y0, x1, y1) {
  const side = x1 - x0 > y1 - y0 ? treemapDice : treemapSlice;
  (node.depth === 0 ? side : squarify)(node, x0, y0, x1, y1);
}

const leaf = (row, partition, room) => ({ id: row.id, kind: row.kind, row, partition, room });

/** Return what is in a subnet, sharing the room that it has. */
function inSubnet(partition, subnet, rows, room) {
  const instances = rows.filter((row) => row.kind === "instance");
  const known = new Set(instances.map((row) => row.id));
  const attached = new Map();
  const free = [];
  for (const row of rows) {
    if (row.kind !== "interface") continue;
    if (!known.has(row.instance)) free.push(row);
    else if (attached.has(row.instance)) attached.get(row.instance).push(row);
    else attached.set(row.instance, [row]);
  }
  const pieces = free.length + instances.reduce((sum, row) => sum + (attached.get(row.id)?.length ?? 1), 0);
  const share = room / Math.max(1, pieces);
  const holders = instances.map((row) => {
    const children = (attached.get(row.id) ?? []).map((each) => leaf(each, partition, share));
    return children.length ? { ...leaf(row, partition, 0), children } : leaf(row, partition, share);
  });
  return [...holders, ...free.map((row) => leaf(row, partition, share))];
}

function ofPartition(partition) {
  const bySubnet = new Map();
  for (const row of partition.rows.values()) {
    const holder = partition.rows.get(row.instance);
    const subnet = holder ? holder.subnet : row.subnet;
    if (bySubnet.has(subnet)) bySubnet.get(subnet).push(row);
    else bySubnet.set(subnet, [row]);
  }
  const byNetwork = new Map([...partition.networks.keys()].map((id) => [id, []]));
  for (const subnet of partition.subnets.values()) {
    const collapsed = partition.collapsed.has(subnet.id);
    const all = Math.max(1, subnet.interfaces, subnet.instances);
    const room = collapsed ? Math.sqrt(all) : all;
    const node = leaf(subnet, partition, room);
    const rows = partition.loaded.has(subnet.id) && !collapsed ? (bySubnet.get(subnet.id) ?? []) : [];
    if (rows.length) Object.assign(node, { children: inSubnet(partition, subnet, rows, room), room: 0 });
    byNetwork.get(subnet.network)?.push(node);
  }
  const networks = [...partition.networks.values()].map((network) => {
    const children = byNetwork.get(network.id);
    return children.length ? { ...leaf(network, partition, 0), children } : leaf(network, partition, 1);
  });
  const row = { id: partition.key, kind: "partition", name: partition.region, state: "" };
  return networks.length ? { ...leaf(row, partition, 0), children: networks } : leaf(row, partition, 1);
}

/** Give each partition enough room, however little is in it. */
function balance(root) {
  const least = Math.max(...root.children.map((each) => each.value)) / 3;
  for (const each of root.children) each.value = Math.max(each.value, least);
  root.value = root.children.reduce((sum, each) => sum + each.value, 0);
}

const HEADERS = { partition: 26, network: 22, subnet: 19, instance: 16 };
const MARGINS = { partition: 7, network: 6, subnet: 5, instance: 3, root: 0 };

/**
 * Lay everything out in a rectangle. Returns the nodes, parents before their children; each knows by ``end``
 * where the nodes inside it end.
 */
export function layout(partitions, width, height) {
  const shown = [...partitions].sort((one, other) => (one.key < other.key ? -1 : 1));
  if (!shown.length) return { nodes: [], byId: new Map() };
  const data = { id: "", kind: "root", row: { state: "" }, children: shown.map(ofPartition) };
  const root = hierarchy(data).sum((each) => each.room ?? 0);
  const leaves = root.value;
  balance(root);
  const side = Math.sqrt((width * height * 0.6) / Math.max(1, leaves));
  const scale = Math.min(1, Math.max(0.12, side / 34));
  const margin = (node) => (MARGINS[node.data.kind] ?? 2) * scale;
  treemap()
    .tile(tile)
    .size([width, height])
    .paddingOuter(margin)
    .paddingInner((node) => (node.depth === 0 ? 10 : margin(node)))
    .paddingTop((node) => {
      const most = (HEADERS[node.data.kind] ?? 0) * Math.min(1, scale * 1.4);
      return node.depth === 0 ? 0 : Math.min(most, (node.y1 - node.y0) * 0.22) + margin(node);
    })(root);
  return flat(root);
}

function flat(root) {
  const nodes = [];
  const byId = new Map();
  const visit = (node, parent) => {
    const { id, kind, row, partition } = node.data;
    const { x0, y0, x1, y1, depth } = node;
    const item = { id, kind, row, partition, depth, x0, y0, x1, y1, parent, end: 0, head: 0, holds: false };
    nodes.push(item);
    byId.set(id, item);
    for (const child of node.children ?? []) visit(child, item);
    item.end = nodes.length;
    item.holds = Boolean(node.children);
    if (node.children) item.head = Math.min(...node.children.map((each) => each.y0)) - y0;
  };
  for (const child of root.children) visit(child, null);
  return { nodes, byId };
}
