#!/usr/bin/env bash
# @alicloud/pop-core makes objects of account numbers, and sends parameters that are undefined.
#
# Package:  @alicloud/pop-core 1.8.0 with json-bigint 1.0.0.
# Guess:    what is a number in the answer is a number in JavaScript, as long as it fits; and a parameter that is
#           undefined is not there, as with JSON.
# Seen:     a number of sixteen digits, as account numbers have, becomes an object of bignumber.js even where it is
#           below Number.MAX_SAFE_INTEGER; one of fifteen stays a number. Two such objects of the same value are not
#           equal by ===, and JSON.stringify writes them as texts, so that the type depends on the account's digits.
#           undefined and null are sent as these words, and signed: VpcId=undefined asks for a VPC of that name.
# Matters:  to whoever compares OwnerId, keeps it as a key of a Map, or passes answers on as JSON; and to whoever means
#           to leave a parameter out, and gets an answer without a match.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" \
    @alicloud/pop-core@1.8.0 json-bigint@1.0.0

cat > "$folder/ask.js" <<'JAVASCRIPT'
const http = require("http");
const { RPCClient } = require("@alicloud/pop-core");

const OWNERS = ["100000000000001", "1000000000000001", "1000000000000001"];
const VPCS = OWNERS.map((owner, index) => `{"VpcId": "vpc-${index}", "OwnerId": ${owner}}`);
const ANSWER = `{"TotalCount": 3, "Vpcs": {"Vpc": [${VPCS}]}, "RequestId": "r"}`;

const server = http.createServer((request, response) => {
  const sent = new URL(request.url, "http://localhost").searchParams;
  for (const name of ["VpcId", "VpcName", "IsDefault"]) console.log("sent:", name, sent.get(name));
  response.setHeader("content-type", "application/json");
  response.end(ANSWER);
});

server.listen(0, "127.0.0.1", async () => {
  const client = new RPCClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    apiVersion: "2016-04-28",
    accessKeyId: "id",
    accessKeySecret: "secret",
  });
  const answer = await client.request("DescribeVpcs", { VpcId: undefined, VpcName: null, IsDefault: false });
  const [short, long, same] = answer.Vpcs.Vpc.map((vpc) => vpc.OwnerId);
  console.log("fifteen digits:", typeof short, short === 100000000000001, JSON.stringify(short));
  console.log("sixteen digits:", typeof long, long === 1000000000000001, JSON.stringify(long));
  console.log("the same owner:", long === same, "safe:", Number.isSafeInteger(1000000000000001));
  server.closeAllConnections();
  server.close();
});
JAVASCRIPT

cat > "$folder/expected" <<'TEXT'
sent: VpcId undefined
sent: VpcName null
sent: IsDefault false
fifteen digits: number true 100000000000001
sixteen digits: object false "1000000000000001"
the same owner: false safe: true
TEXT

cd "$folder"
env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy node ask.js | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
