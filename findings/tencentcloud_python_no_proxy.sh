#!/usr/bin/env bash
# tencentcloud-sdk-python reads NO_PROXY in a way of its own.
#
# Package:  tencentcloud-sdk-python-vpc and -common 3.1.193, requests 2.34.2 beneath.
# Guess:    NO_PROXY means what it means to requests, which the SDK uses: 127.0.0.1 exempts any port of it, a suffix
#           exempts what ends with it, * exempts all.
# Seen:     the SDK looks whether the whole endpoint, with its port, is a part of the text of NO_PROXY. Where it is
#           not, the proxy is used in spite of requests' own reading. Where it is, requests decides after all, and
#           requests compares an address without its port. So a local endpoint is reached past the proxy only where
#           NO_PROXY names it twice: with its port for the SDK, without it for requests.
# Matters:  to whoever points the SDK at a local emulator on a machine whose shell sets HTTP_PROXY.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tencentcloud-sdk-python-vpc==3.1.193 tencentcloud-sdk-python-common==3.1.193 requests==2.34.2

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import os
import threading

import requests
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models, vpc_client

ANSWER = b'{"Response": {"TotalCount": 0, "VpcSet": [], "RequestId": "r"}}'
targets = []


class Recorder(http.server.BaseHTTPRequestHandler):
    """Proxy and endpoint in one: a proxy is asked for a whole URL, an endpoint for a path."""

    def do_POST(self):
        targets.append(self.path)
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"127.0.0.1:{server.server_port}"


def way():
    return "proxy" if targets.pop().startswith("http://") else "endpoint"


def by_sdk():
    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint))
    client = vpc_client.VpcClient(Credential("id", "key"), "ap-guangzhou", profile)
    client.DescribeVpcs(models.DescribeVpcsRequest())
    return way()


def by_requests():
    requests.post(f"http://{endpoint}/", data=b"{}", timeout=10)
    return way()


endpoint = serve()
os.environ["HTTP_PROXY"] = f"http://{serve()}"
for no_proxy in ("127.0.0.1", "*", endpoint, f"{endpoint},127.0.0.1"):
    os.environ["NO_PROXY"] = no_proxy
    shown = no_proxy.replace(endpoint, "127.0.0.1:PORT")
    print(f"NO_PROXY={shown}: the SDK asks the {by_sdk()}, requests asks the {by_requests()}")
PYTHON

cat > "$folder/expected" <<'TEXT'
NO_PROXY=127.0.0.1: the SDK asks the proxy, requests asks the endpoint
NO_PROXY=*: the SDK asks the proxy, requests asks the endpoint
NO_PROXY=127.0.0.1:PORT: the SDK asks the proxy, requests asks the proxy
NO_PROXY=127.0.0.1:PORT,127.0.0.1: the SDK asks the endpoint, requests asks the endpoint
TEXT

env -u http_proxy -u HTTPS_PROXY -u https_proxy -u no_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
