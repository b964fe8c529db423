#!/usr/bin/env bash
# tencentcloud-sdk-python's retryer repeats a call that has succeeded, and raises the failure before it.
#
# Package:  tencentcloud-sdk-python-vpc and -common 3.1.193.
# Guess:    with retryer=StandardRetryer(), a call that is refused for its frequency is made again until it is answered,
#           and that answer is returned.
# Seen:     the retryer never forgets a failure. After one RequestLimitExceeded each later answer counts as refused too,
#           however well it went: the call is made as often as allowed, and at last the first failure is raised. With
#           three attempts, one refusal and two successes, CreateVpc makes two VPCs, and its caller learns of none. The
#           asynchronous retryer does the same.
# Matters:  to whoever turns retries on to get over limits: a single refusal becomes several resources and an error,
#           and even a read that would be answered at the second attempt always fails.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
    tencentcloud-sdk-python-vpc==3.1.193 tencentcloud-sdk-python-common==3.1.193 httpx==0.28.1

cat > "$folder/ask.py" <<'PYTHON'
import asyncio
import http.server
import json
import threading

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.retry import StandardRetryer
from tencentcloud.common.retry_async import StandardRetryer as AsyncRetryer
from tencentcloud.vpc.v20170312 import models, vpc_client, vpc_client_async

REFUSED = {"Error": {"Code": "RequestLimitExceeded", "Message": "Too many requests."}, "RequestId": "r"}
made = []


class Vpc(http.server.BaseHTTPRequestHandler):
    """Refuses the first request, as the cloud does above its limit, and makes a VPC for each one after it."""

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        made.append(f"vpc-1234567{len(made)}" if made else None)
        print("CreateVpc:", made[-1] or "refused")
        answer = {"Vpc": {"VpcId": made[-1]}, "RequestId": "r"} if made[-1] else REFUSED
        body = json.dumps({"Response": answer}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def told(call):
    made.clear()
    try:
        print("returned: ", call().Vpc.VpcId)
    except TencentCloudSDKException as error:
        print("raised:   ", error.get_code())


def client(kind, retryer):
    profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=endpoint), retryer=retryer)
    return kind(Credential("id", "key"), "ap-guangzhou", profile)


async def no_delay(attempts):
    return 0


async def create():
    async with client(vpc_client_async.VpcClient, AsyncRetryer(3, no_delay)) as asynchronous:
        return await asynchronous.CreateVpc(request)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Vpc)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint = f"127.0.0.1:{server.server_port}"
request = models.CreateVpcRequest()
request.VpcName, request.CidrBlock = "net", "10.0.0.0/16"
told(lambda: client(vpc_client.VpcClient, StandardRetryer(3, lambda attempts: 0)).CreateVpc(request))
told(lambda: asyncio.run(create()))
PYTHON

cat > "$folder/expected" <<'TEXT'
CreateVpc: refused
CreateVpc: vpc-12345671
CreateVpc: vpc-12345672
raised:    RequestLimitExceeded
CreateVpc: refused
CreateVpc: vpc-12345671
CreateVpc: vpc-12345672
raised:    RequestLimitExceeded
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
