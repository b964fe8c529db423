#!/usr/bin/env bash
# tencentcloud-sdk-python's region breaker loses what went wrong, and with it the retries.
#
# Package:  tencentcloud-sdk-python-vpc and -common 3.1.193.
# Guess:    disable_region_breaker=False changes where a client asks after many failures, and nothing else: a call
#           without an answer still fails with ClientNetworkError, which a retryer repeats. A request to the backup region
#           is like any other, with that region's host.
# Seen:     the breaker takes the failure for its count and hands on nothing, which the SDK then treats as a response.
#           The error that comes out has the code AttributeError and tells of NoneType, and StandardRetryer, which knows
#           ClientNetworkError only, gives up at once: with both on there are fewer tries than with the retryer alone.
#           The sixth request goes to the backup region with a header Host, signed, of the one that failed.
# Matters:  to whoever turns the breaker on to be safer: one lost connection is a failed call again, and logs do not say
#           that it was the network. A server that tells regions by Host does not see that it stands in for another.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tencentcloud-sdk-python-vpc==3.1.193 tencentcloud-sdk-python-common==3.1.193

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import threading
from urllib.parse import urlsplit

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.retry import StandardRetryer
from tencentcloud.vpc.v20170312 import models, vpc_client

ANSWER = b'{"Response": {"TotalCount": 0, "VpcSet": [], "RequestId": "r"}}'
asked = []


class Network(http.server.BaseHTTPRequestHandler):
    """A proxy that answers for the backup region, and loses connections to everywhere else."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        asked.append((urlsplit(self.path).hostname, self.headers["host"]))
        if not asked[-1][0].startswith("vpc.ap-guangzhou"):
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


def describe(client):
    asked.clear()
    try:
        client.DescribeVpcs(models.DescribeVpcsRequest())
        outcome = "an answer"
    except TencentCloudSDKException as error:
        outcome = f"the code {error.get_code()}"
    return f"{len(asked)} sent, {outcome}"


def client(disabled, attempts=1):
    profile = ClientProfile(
        httpProfile=HttpProfile(protocol="http", proxy=f"http://127.0.0.1:{network.server_port}"),
        disable_region_breaker=disabled,
        retryer=StandardRetryer(attempts, lambda n: 0),
    )
    return vpc_client.VpcClient(Credential("id", "key"), "ap-shanghai", profile)


network = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Network)
threading.Thread(target=network.serve_forever, daemon=True).start()
print("a retryer for three tries:", describe(client(disabled=True, attempts=3)))
print("and the breaker:", describe(client(disabled=False, attempts=3)))
broken = client(disabled=False)
for call in range(1, 7):
    print(f"call {call}: {describe(broken)};", *asked[-1])
PYTHON

cat > "$folder/expected" <<'TEXT'
a retryer for three tries: 3 sent, the code ClientNetworkError
and the breaker: 1 sent, the code AttributeError
call 1: 1 sent, the code AttributeError; vpc.tencentcloudapi.com vpc.tencentcloudapi.com
call 2: 1 sent, the code AttributeError; vpc.tencentcloudapi.com vpc.tencentcloudapi.com
call 3: 1 sent, the code AttributeError; vpc.tencentcloudapi.com vpc.tencentcloudapi.com
call 4: 1 sent, the code AttributeError; vpc.tencentcloudapi.com vpc.tencentcloudapi.com
call 5: 1 sent, the code AttributeError; vpc.tencentcloudapi.com vpc.tencentcloudapi.com
call 6: 1 sent, an answer; vpc.ap-guangzhou.tencentcloudapi.com vpc.tencentcloudapi.com
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy -u NO_PROXY -u no_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
