#!/usr/bin/env bash
# tencentcloud-sdk-nodejs signs for another service and another host where the endpoint is one's own.
#
# Package:  tencentcloud-sdk-nodejs-common 4.1.220.
# Guess:    TC3-HMAC-SHA256 covers the header Host as it is sent, and the service that is asked, as vpc: what verifies a
#           request of this SDK at vpc.tencentcloudapi.com verifies it at any other endpoint.
# Seen:     the service is whatever stands before the first dot of the endpoint, "127" for 127.0.0.1 and all of
#           "localhost:PORT", whichever service is asked. It goes into the scope and the key. The host that is signed is
#           the one without its port, while the header Host has the port.
# Matters:  to whoever verifies signatures behind an endpoint that is not the vendor's, a gateway or an emulator: the
#           service has to be taken from Credential, and two hosts tried. The SDKs for Python and Go do not do so.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$folder" tencentcloud-sdk-nodejs-common@4.1.220

cat > "$folder/ask.js" <<'JAVASCRIPT'
const crypto = require("crypto");
const http = require("http");
const { CommonClient } = require("tencentcloud-sdk-nodejs-common");

const ANSWER = '{"Response": {"TotalCount": 0, "VpcSet": [], "RequestId": "r"}}';
const KEY = "key";
const received = [];

const digest = (text) => crypto.createHash("sha256").update(text).digest("hex");
const hmac = (key, text) => crypto.createHmac("sha256", key).update(text).digest();

/** Tell whether the signature is that of this host and service, by the documented steps. */
function signed({ headers, body }, host, service) {
  const [, scope, signature] = /Credential=id\/(\S+), .*Signature=(\w+)/.exec(headers.authorization);
  const canonical = ["POST", "/", "", `content-type:${headers["content-type"]}`, `host:${host}`, ""];
  canonical.push("content-type;host", digest(body));
  const [date] = scope.split("/");
  const text = ["TC3-HMAC-SHA256", headers["x-tc-timestamp"], `${date}/${service}/tc3_request`];
  text.push(digest(canonical.join("\n")));
  const key = [date, service, "tc3_request"].reduce(hmac, `TC3${KEY}`);
  return hmac(key, text.join("\n")).toString("hex") === signature;
}

const server = http.createServer((request, response) => {
  let body = "";
  request.on("data", (part) => (body += part));
  request.on("end", () => {
    received.push({ headers: request.headers, body });
    response.setHeader("content-type", "application/json");
    response.end(ANSWER);
  });
});

server.listen(0, "127.0.0.1", async () => {
  const { port } = server.address();
  for (const host of ["127.0.0.1", "localhost"]) {
    const client = new CommonClient(`${host}:${port}`, "2017-03-12", {
      credential: { secretId: "id", secretKey: KEY },
      region: "ap-guangzhou",
      profile: { httpProfile: { protocol: "http://" } },
    });
    await client.request("DescribeVpcs", {});
    const request = received.pop();
    const shown = (text) => text.replace(port, "PORT");
    const sent = request.headers.host;
    console.log("Host:", shown(sent));
    for (const name of [sent, host])
      for (const service of ["vpc", sent.split(".")[0]])
        console.log(`  ${signed(request, name, service) ? "signed" : "not"} for ${shown(service)} at ${shown(name)}`);
  }
  server.close();
});
JAVASCRIPT

cat > "$folder/expected" <<'TEXT'
Host: 127.0.0.1:PORT
  not for vpc at 127.0.0.1:PORT
  not for 127 at 127.0.0.1:PORT
  not for vpc at 127.0.0.1
  signed for 127 at 127.0.0.1
Host: localhost:PORT
  not for vpc at localhost:PORT
  not for localhost:PORT at localhost:PORT
  not for vpc at localhost
  signed for localhost:PORT at localhost
TEXT

cd "$folder"
env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy node ask.js | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
