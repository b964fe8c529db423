#!/usr/bin/env bash
# alibabacloud's Python SDK trusts by two different lists, depending on whether a proxy is on the way.
#
# Package:  alibabacloud-vpc20160428 7.2.2, alibabacloud-tea-openapi 0.4.6 and darabonba-core 1.0.9 beneath, with
#           requests 2.34.2.
# Guess:    what makes the SDK trust a server also makes it trust the same server through a proxy; and as it uses
#           requests, REQUESTS_CA_BUNDLE does.
# Seen:     without a proxy it trusts what SSL_CERT_FILE names, because its adapter has a context of Python's own
#           defaults. HTTPS_PROXY makes requests build other connections, to which that context is not given: they
#           trust certifi's list only. REQUESTS_CA_BUNDLE is read in neither case. The setting `ca` is believed in both.
# Matters:  to whoever leads the SDK through a proxy with a certificate authority of its own: a company's, an
#           emulator's.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check alibabacloud-vpc20160428==7.2.2 \
    alibabacloud-tea-openapi==0.4.6 darabonba-core==1.0.9 requests==2.34.2 urllib3==2.8.0 trustme==1.2.1

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import os
import select
import socket
import ssl
import subprocess
import sys
import threading

import trustme

ANSWER = b'{"TotalCount": 0, "Vpcs": {"Vpc": []}, "RequestId": "r"}'
VARIABLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")


class Endpoint(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


class Proxy(http.server.BaseHTTPRequestHandler):
    """Tunnels to the endpoint, and to nothing else."""

    def do_CONNECT(self):
        self.send_response(200)
        self.end_headers()
        with socket.create_connection(endpoint.server_address) as onward:
            pair = [self.connection, onward]
            while True:
                for ready in select.select(pair, [], [], 10)[0]:
                    try:
                        data = ready.recv(65536)
                    except ConnectionResetError:  # a client that does not trust the endpoint goes like this
                        return
                    if not data:
                        return
                    pair[1 - pair.index(ready)].sendall(data)

    def log_message(self, *_):
        pass


def serve(handler, wrap=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if wrap:
        server.socket = wrap.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


CLIENT = """
import sys
from alibabacloud_tea_openapi.models import Config
from alibabacloud_vpc20160428 import models
from alibabacloud_vpc20160428.client import Client

address, *authority = sys.argv[1:]
config = Config(access_key_id="id", access_key_secret="key", region_id="cn-hangzhou", protocol="https",
                endpoint=address, ca=authority[0] if authority else None)
try:
    Client(config).describe_vpcs(models.DescribeVpcsRequest(region_id="cn-hangzhou"))
except Exception as error:
    if "CERTIFICATE_VERIFY_FAILED" not in str(error):
        raise
    print("refused")
else:
    print("trusted")
"""


def asked(name, proxied):
    """Ask in a process of its own: the SDK keeps connections, and what they trust."""
    variables = {"HTTPS_PROXY": proxy} if proxied else {}
    if name in VARIABLES:
        variables[name] = bundle
    given = [bundle] if name == "ca" else []
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CLIENT, f"127.0.0.1:{endpoint.server_port}", *given],
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()


authority, bundle = trustme.CA(), sys.argv[1]
authority.cert_pem.write_to_path(bundle)
context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
authority.issue_cert("127.0.0.1").configure_cert(context)
endpoint = serve(Endpoint, context)
proxy = f"http://127.0.0.1:{serve(Proxy).server_port}"
for name in (*VARIABLES, "ca"):
    print(f"{name}: {asked(name, proxied=False)}, by a proxy {asked(name, proxied=True)}")
PYTHON

cat > "$folder/expected" <<'TEXT'
SSL_CERT_FILE: trusted, by a proxy refused
REQUESTS_CA_BUNDLE: refused, by a proxy refused
ca: trusted, by a proxy trusted
TEXT

env -u HTTP_PROXY -u http_proxy -u https_proxy -u ALL_PROXY -u all_proxy -u NO_PROXY -u no_proxy -u SSL_CERT_DIR \
    -u SSL_CERT_FILE -u REQUESTS_CA_BUNDLE -u CURL_CA_BUNDLE "$folder/venv/bin/python" -W ignore "$folder/ask.py" "$folder/ca.pem" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
