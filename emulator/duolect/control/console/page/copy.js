// A call as text to be run again: as curl, as the vendor's command line, as a test.

const SDK = { "2014-05-26": "ecs20140526", "2016-04-28": "vpc20160428" };

/** Quote a text for a shell. */
export const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Unfold a tree as the vendors' APIs want it in a query: lists count from ``first``. */
export function folded(tree, first, name = "") {
  if (Array.isArray(tree)) return tree.flatMap((each, place) => folded(each, first, `${name}.${place + first}`));
  if (tree !== null && typeof tree === "object") {
    return Object.entries(tree).flatMap(([key, each]) => folded(each, first, name ? `${name}.${key}` : key));
  }
  return [[name, String(tree)]];
}

/** Return a call as a curl command; nothing is signed. */
export function asCurl(record, host) {
  const own = record.cloud === "alibaba"
    ? { Action: record.action, Version: record.version, Format: "JSON", AccessKeyId: record.access_key, RegionId: record.region }
    : { Action: record.action, Version: record.version, SecretId: record.access_key, Region: record.region };
  const pairs = [...Object.entries(own), ...folded(record.parameters, record.cloud === "alibaba" ? 1 : 0)];
  const query = new URLSearchParams(new Map(pairs)).toString().replaceAll("+", "%20");
  return `curl '${location.protocol}//${host}/?${query.replaceAll("'", "%27")}'`;
}

/** Return a call as a command of the vendor's command line. */
export function asCli({ record, product }, host) {
  const { cloud, action, access_key: key, region, parameters } = record;
  const service = product.toLowerCase();
  if (cloud === "alibaba") {
    const flags = folded(parameters, 1).filter(([name]) => name !== "RegionId").map(([name, value]) => `--${name} ${quoted(value)}`);
    return [`aliyun ${service} ${action} --access-key-id ${quoted(key)} --access-key-secret any --region ${region}`,
      `--endpoint ${host} --insecure`, ...flags].join(" \\\n  ");
  }
  const flags = Object.entries(parameters).map(([name, value]) =>
    `--${name} ${quoted(typeof value === "object" ? JSON.stringify(value) : String(value))}`);
  return [`tccli ${service} ${action} --secretId ${quoted(key)} --secretKey any --region ${region}`,
    `--endpoint ${location.protocol}//${host}`, ...flags].join(" \\\n  ");
}

const snake = (name) => name.replace(/(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z])(?=[a-z])/g, "_$1$2").toLowerCase();

/** Return a call as a test for Duolect's pytest plugin. */
export function asPytest({ record, product }) {
  const { cloud, action, region, version, parameters } = record;
  const service = product.toLowerCase();
  const text = JSON.stringify(JSON.stringify(parameters));
  const lines = cloud === "alibaba"
    ? [`from alibabacloud_${SDK[version] ?? service} import models`, `client = duolect_account.alibaba.${service}("${region}")`,
      `request = models.${action}Request().from_map(json.loads(${text}))`, `client.${snake(action)}(request)`]
    : [`from tencentcloud.${service}.v${version.replaceAll("-", "")} import models`,
      `client = duolect_account.tencent.${service}("${region}")`,
      `request = models.${action}Request()`, `request.from_json_string(${text})`, `client.${action}(request)`];
  const call = lines.pop();
  const last = record.outcome === "ok" ? [call] : [`with pytest.raises(Exception, match=${JSON.stringify(record.code)}):`, `    ${call}`];
  const imports = [cloud === "alibaba" ? "import json" : null, record.outcome === "ok" ? null : "import pytest", lines.shift()];
  return [...imports.filter(Boolean), "", "", `def test_${snake(action)}(duolect_account):`,
    ...[...lines, ...last, `duolect_account.assert_called("${action}")`].map((line) => `    ${line}`), ""].join("\n");
}
