#!/usr/bin/env bash
# Apache Libcloud's ECS driver drops the location of a new node, starts it too early, and leaves it behind.
#
# Package:  apache-libcloud 3.9.1.
# Guess:    create_node(location=...) asks for a node there, as Libcloud's base class documents it; and a create_node
#           that raises has made no node, or has put it away.
# Seen:     no parameter carries the location: the keyword is swallowed without a word, and the cloud chooses the zone.
#           StartInstance follows CreateInstance without a wait in between; ECS documents that it takes Stopped instances
#           only, and a new one is Pending at first. The refusal is raised from create_node, whose caller gets no node
#           and no id, while the instance is there, stopped, and paid for. Nothing asks for its deletion.
# Matters:  to whoever retries create_node: each try makes one more instance, unless ex_client_token is given.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apache-libcloud==3.9.1

cat > "$folder/ask.py" <<'PYTHON'
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from libcloud.common.exceptions import BaseHTTPError
from libcloud.compute.base import NodeImage, NodeLocation, NodeSize
from libcloud.compute.drivers.ecs import ECSDriver

INSTANCE = "i-bp1aaaaaaaaaaaaaaaaa"
LISTED = f"""<DescribeInstancesResponse><TotalCount>1</TotalCount><PageNumber>1</PageNumber><PageSize>10</PageSize>
<Instances><Instance><InstanceId>{INSTANCE}</InstanceId><InstanceName>web</InstanceName><Status>Pending</Status>
</Instance></Instances></DescribeInstancesResponse>"""
ANSWERS = {
    "CreateInstance": (200, f"<CreateInstanceResponse><InstanceId>{INSTANCE}</InstanceId></CreateInstanceResponse>"),
    "DescribeInstances": (200, LISTED),
    "StartInstance": (403, "<Error><Code>IncorrectInstanceStatus</Code><Message>It is Pending.</Message></Error>"),
}


class Ecs(BaseHTTPRequestHandler):
    """Answers as the cloud does while a new instance is Pending."""

    def do_GET(self):
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        zones = {name: value for name, value in asked.items() if "hangzhou-k" in value}
        print("asks for:", asked["Action"], zones or "")
        status, body = ANSWERS[asked["Action"]]
        self.send_response(status)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        """Say nothing else."""


server = HTTPServer(("127.0.0.1", 0), Ecs)
Thread(target=server.serve_forever, daemon=True).start()
driver = ECSDriver(
    "id", "key", region="cn-hangzhou", host="127.0.0.1", port=server.server_port, secure=False
)
try:
    driver.create_node(
        name="web",
        size=NodeSize("ecs.g7.large", "", ram=0, disk=0, bandwidth=0, price=0, driver=driver),
        image=NodeImage("aliyun_3", "", driver=driver),
        location=NodeLocation("cn-hangzhou-k", "", country="CN", driver=driver),
        ex_security_group_id="sg-bp1aaaaaaaaaaaaaaaaa",
    )
except BaseHTTPError as error:
    print("raises:  ", type(error).__name__, "of IncorrectInstanceStatus" if "IncorrectInstanceStatus" in str(error) else error)
PYTHON

cat > "$folder/expected" <<'TEXT'
asks for: CreateInstance 
asks for: DescribeInstances 
asks for: StartInstance 
raises:   BaseHTTPError of IncorrectInstanceStatus
TEXT

env -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy -u https_proxy "$folder/venv/bin/python" -W ignore "$folder/ask.py" 2>&1 |
    tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
