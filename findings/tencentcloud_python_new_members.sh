#!/usr/bin/env bash
# Where warnings are errors, tencentcloud-sdk-python takes a newer member of an answer for a failed call.
#
# Package:  tencentcloud-sdk-python-vpc and -common 3.1.193.
# Guess:    members of an answer that are newer than the SDK are passed over.
# Seen:     of the answer itself they are. A structure in it warns of each of its own. The SDK switches those warnings off
#           when it is imported, so that nobody sees them, -W error notwithstanding; but whoever sets the filters later,
#           as pytest does for each test, undoes that. Then the warning is raised amid the reading of the answer, and
#           comes out as TencentCloudSDKException, with the code UserWarning and no request id, of a call that was
#           carried out.
# Matters:  to whoever tests with filterwarnings = error: the day on which the cloud adds a member, creating calls fail
#           whose resources are there, and handlers that look for a code or retry see one that no page lists.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tencentcloud-sdk-python-vpc==3.1.193 tencentcloud-sdk-python-common==3.1.193

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import json
import threading
import warnings

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vpc.v20170312 import models, vpc_client

VPC = {"VpcId": "vpc-12345678"}
answers = {
    "nothing new": {"Vpc": VPC, "RequestId": "r"},
    "a new member of the answer": {"Vpc": VPC, "NewState": "AVAILABLE", "RequestId": "r"},
    "a new member of a structure": {"Vpc": {**VPC, "NewState": "AVAILABLE"}, "RequestId": "r"},
}
created = []


class Vpc(http.server.BaseHTTPRequestHandler):
    """Creates a VPC at each call."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        created.append(what)
        body = json.dumps({"Response": answers[what]}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def create():
    request = models.CreateVpcRequest()
    request.VpcName, request.CidrBlock = "net", "10.0.0.0/16"
    before = len(created)
    try:
        seen = client.CreateVpc(request).Vpc.VpcId
    except TencentCloudSDKException as failure:
        seen = f"code {failure.code}, request id {failure.requestId}"
    return f"{seen} ({len(created) - before} created)"


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vpc)
threading.Thread(target=server.serve_forever, daemon=True).start()
profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=f"127.0.0.1:{server.server_port}"))
client = vpc_client.VpcClient(Credential("id", "key"), "ap-guangzhou", profile)
for what in answers:
    print(f"{what}, filters as started: {create()}")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        print(f"{what}, filters set later: {create()}")
PYTHON

cat > "$folder/expected" <<'TEXT'
nothing new, filters as started: vpc-12345678 (1 created)
nothing new, filters set later: vpc-12345678 (1 created)
a new member of the answer, filters as started: vpc-12345678 (1 created)
a new member of the answer, filters set later: vpc-12345678 (1 created)
a new member of a structure, filters as started: vpc-12345678 (1 created)
a new member of a structure, filters set later: code UserWarning, request id None (1 created)
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W error "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
