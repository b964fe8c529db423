#!/usr/bin/env bash
# tccli shows null for members that were not sent, and none of those that it does not know.
#
# Package:  tccli 3.1.189.1.
# Guess:    a command line that prints JSON prints the answer.
# Seen:     it prints what its own definitions make of the answer: a structure has every member that is defined, those
#           that were not sent as null; and what is newer than the definitions is taken out, at every depth and without a
#           word, before --filter looks at it: a filter for it shows nothing.
# Matters:  to whoever compares the cloud, or a stand-in for it, with what tccli shows: it is no witness. null on the
#           screen may have been sent or not, and what is missing on it may have been sent.
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

ANSWER = {"TotalCount": 1, "NewCount": 2, "VpcSet": [{"VpcId": "vpc-12345678", "NewState": "AVAILABLE"}], "RequestId": "r"}


class Vpc(http.server.BaseHTTPRequestHandler):
    """Answers with two members that are newer than the client."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"Response": ANSWER}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def shown(*more):
    command = [sys.argv[1], "vpc", "DescribeVpcs", "--secretId", "id", "--secretKey", "key", "--region", "ap-guangzhou",
               "--endpoint", f"http://127.0.0.1:{server.server_port}", *more]
    ended = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "HOME": sys.argv[2]})
    text = json.dumps(json.loads(ended.stdout)) if ended.stdout.strip() else "nothing"
    print(f"{' '.join(more) or 'as it is'}: exit status {ended.returncode}, shown {text}")


for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
    del os.environ[name]
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vpc)
threading.Thread(target=server.serve_forever, daemon=True).start()
print("sent:", json.dumps(ANSWER))
shown("--filter", "VpcSet[0].[VpcId,VpcName,IsDefault]")
shown("--filter", "contains(keys(VpcSet[0]), 'VpcName')")
shown("--filter", "length(keys(VpcSet[0]))")
shown("--filter", "NewCount")
shown("--filter", "VpcSet[0].NewState")
PYTHON

cat > "$folder/expected" <<'TEXT'
sent: {"TotalCount": 1, "NewCount": 2, "VpcSet": [{"VpcId": "vpc-12345678", "NewState": "AVAILABLE"}], "RequestId": "r"}
--filter VpcSet[0].[VpcId,VpcName,IsDefault]: exit status 0, shown ["vpc-12345678", null, null]
--filter contains(keys(VpcSet[0]), 'VpcName'): exit status 0, shown true
--filter length(keys(VpcSet[0])): exit status 0, shown 17
--filter NewCount: exit status 0, shown nothing
--filter VpcSet[0].NewState: exit status 0, shown nothing
TEXT

mkdir "$folder/home"
"$folder/venv/bin/python" "$folder/ask.py" "$folder/venv/bin/tccli" "$folder/home" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
