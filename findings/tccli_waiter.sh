#!/usr/bin/env bash
# tccli's --waiter makes a change anew at each look.
#
# Package:  tccli 3.1.189.1.
# Guess:    --waiter waits for what a call has begun: a call that changes something is made once, and then looked after.
# Seen:     the waiter sends the very action again until the expression has the value: AllocateAddresses allocates each
#           time, and of the addresses only those of the last call are shown. It gives up with an error after the time is
#           over, having allocated all the while. "to" is compared by type as well: the text "1" is never the number 1.
# Matters:  to scripts that add --waiter to what creates or deletes, for which it looks made: what the earlier calls made
#           is nowhere told, and stays.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tccli==3.1.189.1

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import json
import os
import subprocess
import sys
import threading

asked = []


class Vpc(http.server.BaseHTTPRequestHandler):
    """Has a VPC from the second look on, and allocates an address at each call."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        action = self.headers["x-tc-action"]
        asked.append(action)
        if action == "DescribeVpcs":
            answer = {"TotalCount": min(len(asked) - 1, 1), "VpcSet": []}
        else:
            answer = {"AddressSet": [f"eip-{len(asked)}"], "TaskId": str(len(asked))}
        body = json.dumps({"Response": {**answer, "RequestId": "r"}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def run(action, waiter):
    asked.clear()
    command = [sys.argv[1], "vpc", action, "--secretId", "id", "--secretKey", "key", "--region", "ap-guangzhou",
               "--endpoint", f"http://127.0.0.1:{server.server_port}", "--waiter", json.dumps(waiter)]
    ended = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HOME": sys.argv[2]})
    times = len(asked) if ended.returncode == 0 else "again and again"
    print(f"{action} until {waiter['expr']} is {waiter['to']!r}: sent {times}, exit status {ended.returncode}")
    if ended.returncode == 0:
        print("  shown:", {name: value for name, value in json.loads(ended.stdout).items() if name != "RequestId"})


for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vpc)
threading.Thread(target=server.serve_forever, daemon=True).start()
patient, hasty = {"timeout": 60, "interval": 1}, {"timeout": 3, "interval": 1}
run("DescribeVpcs", {"expr": "TotalCount", "to": 0, **patient})
run("DescribeVpcs", {"expr": "TotalCount", "to": 1, **patient})
run("DescribeVpcs", {"expr": "TotalCount", "to": "1", **hasty})
run("AllocateAddresses", {"expr": "TaskId", "to": "3", **patient})
PYTHON

cat > "$folder/expected" <<'TEXT'
DescribeVpcs until TotalCount is 0: sent 1, exit status 0
  shown: {'TotalCount': 0, 'VpcSet': []}
DescribeVpcs until TotalCount is 1: sent 2, exit status 0
  shown: {'TotalCount': 1, 'VpcSet': []}
DescribeVpcs until TotalCount is '1': sent again and again, exit status 255
AllocateAddresses until TaskId is '3': sent 3, exit status 0
  shown: {'AddressSet': ['eip-3'], 'TaskId': '3'}
TEXT

mkdir "$folder/home"
"$folder/venv/bin/python" "$folder/ask.py" "$folder/venv/bin/tccli" "$folder/home" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
