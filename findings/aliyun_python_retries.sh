#!/usr/bin/env bash
# aliyun-python-sdk-core repeats calls that create without the token that would make it safe, and cannot be told not to.
#
# Package:  aliyun-python-sdk-core 2.16.1 with aliyun-python-sdk-ecs 4.24.83.
# Guess:    what the SDK repeats of its own accord is either harmless or carries a ClientToken: its configuration has a
#           list "RetryableAPIsWithClientToken", with RunInstances in it, and its client a method that adds one. And
#           set_auto_retry(False), or set_max_retry_num(1), changes what it repeats.
# Seen:     the question whether to add the token is asked with a flag that nothing ever sets, so none is added, while
#           the calls of the list are repeated all the same, up to three times, after a 500 or 503 or no answer at all.
#           What is repeated is settled when the client is made: both setters only change what their getters tell.
#           auto_retry=False to the constructor does stop it, and set_ClientToken makes it safe.
# Matters:  to whoever runs instances with it: a gateway that fails after the work is done leaves four times as many.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check setuptools==80.9.0 \
    aliyun-python-sdk-core==2.16.1 aliyun-python-sdk-ecs==4.24.83

cat > "$folder/ask.py" <<'PYTHON'
import http.server
import threading
from urllib.parse import parse_qs, urlsplit

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526.RunInstancesRequest import RunInstancesRequest

ANSWER = b'{"Code": "ServiceUnavailable", "Message": "Try later.", "RequestId": "r"}'
tokens = []


class Ecs(http.server.BaseHTTPRequestHandler):
    """Answers as a gateway does that has lost what is behind it."""

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        tokens.append(parse_qs(urlsplit(self.path).query).get("ClientToken", ["none"])[0])
        self.send_response(503)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    do_GET = do_POST

    def log_message(self, *_):
        pass


def run(name, client, token=None):
    request = RunInstancesRequest()
    request.set_endpoint(endpoint)
    request.set_ImageId("aliyun_3_x64_20G_alibase_20240819.vhd")
    request.set_InstanceType("ecs.g7.large")
    if token:
        request.set_ClientToken(token)
    tokens.clear()
    try:
        client.do_action_with_exception(request)
    except ServerException as error:
        print(f"{name}: sent {len(tokens)} times, tokens {sorted(set(tokens))}, then {error.get_error_code()}")


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Ecs)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint = f"127.0.0.1:{server.server_port}"
keys = ("id", "secret", "cn-hangzhou")
run("as it comes", AcsClient(*keys))
run("with a token", AcsClient(*keys), token="t")
told = AcsClient(*keys)
told.set_auto_retry(False)
run("set_auto_retry(False)", told)
told = AcsClient(*keys)
told.set_max_retry_num(1)
run("set_max_retry_num(1)", told)
run("auto_retry=False", AcsClient(*keys, auto_retry=False))
PYTHON

cat > "$folder/expected" <<'TEXT'
as it comes: sent 4 times, tokens ['none'], then ServiceUnavailable
with a token: sent 4 times, tokens ['t'], then ServiceUnavailable
set_auto_retry(False): sent 4 times, tokens ['none'], then ServiceUnavailable
set_max_retry_num(1): sent 4 times, tokens ['none'], then ServiceUnavailable
auto_retry=False: sent 1 times, tokens ['none'], then ServiceUnavailable
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" 2> /dev/null | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
