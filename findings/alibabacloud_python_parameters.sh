#!/usr/bin/env bash
# Alibaba Cloud's current Python SDK writes truth values and holes in lists as one would not guess.
#
# Package:  alibabacloud-ecs20140526 7.11.8 with alibabacloud-tea-openapi 0.4.6.
# Guess:    truth values go out as JSON and the vendor's documents have them, `true` and `false`; the items of a list
#           are numbered 1, 2, ... in the order in which they are sent; None and an empty text are the same, absent.
# Seen:     `DryRun=True`, with a capital letter. A list [None, "sg-b"] becomes `SecurityGroupIds.2=sg-b` without a
#           first item, so that a server must take lists with holes. None is absent, an empty text is sent as such,
#           an empty list is absent.
# Matters:  to whoever serves or records this API: values must be compared without regard to case, and lists read by
#           their numbers and not until the first one that is missing.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    alibabacloud-ecs20140526==7.11.8 alibabacloud-tea-openapi==0.4.6

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import threading
from urllib.parse import parse_qsl, urlsplit

from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config

ANSWER = b'{"RequestId": "r"}'
WATCHED = ("DryRun", "SecurityGroupIds", "Description", "InstanceName", "PrivateIpAddress")


class Recorder(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        sent = parse_qsl(urlsplit(self.path).query, True) + parse_qsl(body, True)
        for name, value in sorted(sent):
            if name.startswith(WATCHED):
                print(f"{name}={value!r}")
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
threading.Thread(target=server.serve_forever, daemon=True).start()
config = Config("id", "key", region_id="cn-hangzhou", protocol="http")
config.endpoint = f"127.0.0.1:{server.server_port}"
request = models.RunInstancesRequest(
    region_id="cn-hangzhou",
    dry_run=True,
    security_group_ids=[None, "sg-b"],
    description="",
    instance_name=None,
    ipv_6address=[],
)
Client(config).run_instances(request)
PYTHON

cat > "$folder/expected" <<'TEXT'
Description=''
DryRun='True'
SecurityGroupIds.2='sg-b'
TEXT

env -u HTTP_PROXY -u http_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
