#!/usr/bin/env bash
# One answer that calls its action deprecated changes what tencentcloud-sdk-python's whole process does with warnings.
#
# Package:  tencentcloud-sdk-python-vpc and -common 3.1.193.
# Guess:    a note that an action is deprecated becomes a DeprecationWarning, which the program's filters treat as it
#           has set them.
# Seen:     the SDK puts a filter before all others, for the whole process and for good, by which every warning of every
#           module is shown once for its place. Warnings that were ignored are shown from then on, those that were errors
#           are none any more, and its own of members that are newer than it come to light. Each further such answer puts
#           it in front again, also of filters that were set meanwhile.
# Matters:  to whoever runs with -W error or hides warnings: what holds before the first such answer does not after it,
#           and which test or call that is, is up to the cloud.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tencentcloud-sdk-python-vpc==3.1.193 tencentcloud-sdk-python-common==3.1.193

cat > "$folder/ask.py" <<'PYTHON'
import contextlib
import http.server
import io
import json
import threading
import warnings

from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models, vpc_client

note = {}


class Vpc(http.server.BaseHTTPRequestHandler):
    """Has no VPCs, and may have a note about the action."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        body = json.dumps({"Response": {"TotalCount": 0, "VpcSet": [], "RequestId": "r", **note}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def warned(category):
    shown = io.StringIO()
    with contextlib.redirect_stderr(shown):
        try:
            warnings.warn_explicit("of the program's own", category, f"{category.__name__}.py", len(warnings.filters))
        except category:
            return "an error"
    return "shown" if shown.getvalue() else "ignored"


def look(when):
    with contextlib.redirect_stderr(io.StringIO()):
        client.DescribeVpcs(models.DescribeVpcsRequest())
    print(f"{when}: a ResourceWarning is {warned(ResourceWarning)}, a UserWarning is {warned(UserWarning)}")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vpc)
threading.Thread(target=server.serve_forever, daemon=True).start()
profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=f"127.0.0.1:{server.server_port}"))
client = vpc_client.VpcClient(Credential("id", "key"), "ap-guangzhou", profile)
warnings.simplefilter("error", UserWarning)
warnings.simplefilter("ignore", ResourceWarning)
look("after an answer without a note")
note["DeprecatedWarning"] = "another action takes its place"
look("after one with a note")
note.clear()
look("after a further one without")
PYTHON

cat > "$folder/expected" <<'TEXT'
after an answer without a note: a ResourceWarning is ignored, a UserWarning is an error
after one with a note: a ResourceWarning is shown, a UserWarning is shown
after a further one without: a ResourceWarning is shown, a UserWarning is shown
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
