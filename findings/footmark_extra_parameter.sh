#!/usr/bin/env bash
# footmark, which Ansible's modules for Alibaba Cloud stand on, sends one parameter that no action has.
#
# Package:  footmark 1.26.0 with aliyun-python-sdk-core 2.16.1.
# Guess:    a request carries the common parameters and those of its action.
# Seen:     it also carries `on=<name of the action>`: footmark keeps the action's name beside names of setters
#           ("set_VpcId") and cuts four letters off all of them, off "Action" too. The signature covers it, so the
#           cloud's gateway is used to overlooking a signed parameter that it does not know.
# Matters:  to whoever checks parameters strictly: every call of these modules would be refused.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    footmark==1.26.0 aliyun-python-sdk-core==2.16.1 aliyun-python-sdk-vpc==3.0.48 aliyun-python-sdk-ecs==4.24.83 \
    PyYAML==6.0.3 six==1.17.0

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import os
import threading
from urllib.parse import parse_qs, urlsplit

ANSWER = b'{"RequestId": "r", "VpcId": "vpc-1", "Vpcs": {"Vpc": []}, "Regions": {"Region": []}}'


class Recorder(http.server.BaseHTTPRequestHandler):
    """A proxy that answers instead of the cloud."""

    def do_GET(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        sent = parse_qs(urlsplit(self.path).query)
        print(f"Action={sent['Action'][0]} on={sent.get('on')} signed={'Signature' in sent}")
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    do_POST = do_GET

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ["HTTP_PROXY"] = f"http://127.0.0.1:{server.server_port}"

import footmark.ecs
import footmark.vpc

keys = {"acs_access_key_id": "id", "acs_secret_access_key": "key"}
footmark.vpc.connect_to_region("cn-hangzhou", **keys).describe_vpcs()
footmark.ecs.connect_to_region("cn-hangzhou", **keys).describe_regions()
PYTHON

cat > "$folder/expected" <<'TEXT'
Action=DescribeVpcs on=['DescribeVpcs'] signed=True
Action=DescribeRegions on=['DescribeRegions'] signed=True
TEXT

env -u http_proxy -u HTTPS_PROXY -u https_proxy -u NO_PROXY -u no_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
