#!/usr/bin/env bash
# aliyun-python-sdk-core speaks https only where it is given its own constant.
#
# Package:  aliyun-python-sdk-core 2.16.1.
# Guess:    request.set_protocol_type("https"), as the vendor's examples write it, sends the request by https, wherever
#           the text comes from.
# Seen:     the SDK asks whether the scheme *is* its constant, not whether it equals it. Python keeps one object for
#           equal words that stand in source code, so a literal works; a text that was read from the environment, from a
#           file or from JSON is another object, and the request, signed and with all it carries, goes by plain http,
#           without an error or a warning.
# Matters:  to whoever makes the scheme a setting: traffic that is meant to be encrypted is not.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check setuptools==80.9.0 aliyun-python-sdk-core==2.16.1

cat > "$folder/ask.py" <<'PYTHON'
import json
import os
import socket
import threading

from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.http import protocol_type
from aliyunsdkcore.request import CommonRequest

TLS_HANDSHAKE = 0x16
firsts = []


def listen():
    """Note the first byte of each connection: it says whether the client begins TLS or HTTP."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            firsts.append(connection.recv(1)[0])
            connection.close()

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{listener.getsockname()[1]}"


def spoken(scheme):
    request = CommonRequest(domain=endpoint, version="2014-05-26", action_name="DescribeRegions")
    request.set_protocol_type(scheme)
    firsts.clear()
    try:
        AcsClient("id", "secret", "cn-hangzhou", auto_retry=False).do_action_with_exception(request)
    except Exception:
        pass  # nobody answers
    return "https" if firsts[0] == TLS_HANDSHAKE else "http"


endpoint = listen()
os.environ["SCHEME"] = "https"
print("the SDK's constant:", spoken(protocol_type.HTTPS))
print("a literal:", spoken("https"))
print("from the environment:", spoken(os.environ["SCHEME"]))
print("from JSON:", spoken(json.loads('{"scheme": "https"}')["scheme"]))
PYTHON

cat > "$folder/expected" <<'TEXT'
the SDK's constant: https
a literal: https
from the environment: http
from JSON: http
TEXT

env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy \
    "$folder/venv/bin/python" -W ignore "$folder/ask.py" 2> /dev/null | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
