#!/usr/bin/env bash
# cloud-custodian for Tencent Cloud never learns the number of its account, and so finds no tags.
#
# Package:  c7n-tencentcloud 0.1.35 with c7n 0.9.53.
# Guess:    filters by tags find what has the tags, whatever kind of resource it is.
# Seen:     custodian asks GetCallerIdentity for the account, and looks for `AccountId` beside `Response` instead of in
#           it. So it names resources without the account (`qcs::vpc:ap-guangzhou::sg/...`) in GetResources, and keeps
#           those tags only that come back under exactly this name. The vendor's examples of the answer have the account
#           in every name, as below; then none is kept. What shows its tags by itself (instances, disks) is not concerned.
# Matters:  to policies with `tag:` filters on security groups, VPCs, subnets and EIPs: they choose nothing, and those
#           with `absent` choose everything.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check c7n-tencentcloud==0.1.35 c7n==0.9.53

cat > "$folder/ask.py" <<'PYTHON'
import os

os.environ |= {"TENCENTCLOUD_SECRET_ID": "id", "TENCENTCLOUD_SECRET_KEY": "key"}

from c7n.config import Config
from c7n.resources import load_resources
from tencentcloud.common.common_client import CommonClient

UIN = "100000000001"
GROUP = {"SecurityGroupId": "sg-12345678", "SecurityGroupName": "web"}


def answer(client, action, params):
    """Answer as the cloud does, in its documented form."""
    if action == "GetCallerIdentity":
        return {"Response": {"AccountId": UIN, "Type": "RootAccount", "RequestId": "r"}}
    if action == "DescribeSecurityGroups":
        return {"Response": {"TotalCount": 1, "SecurityGroupSet": [GROUP], "RequestId": "r"}}
    if action == "GetResources":
        print("asks for:", *params["ResourceList"])
        named = [name.replace("::sg/", f":uin/{UIN}:sg/") for name in params["ResourceList"]]
        tags = [{"TagKey": "team", "TagValue": "net"}]
        found = [{"Resource": name, "Tags": tags} for name in named]
        print("gets:    ", *named)
        return {"Response": {"PaginationToken": "", "ResourceTagMappingList": found, "RequestId": "r"}}
    return {"Response": {"SecurityGroupPolicySet": {"Ingress": [], "Egress": []}, "RequestId": "r"}}


CommonClient.call_json = answer
load_resources(("tencentcloud.security-group",))

from c7n.policy import PolicyCollection
from c7n_tencentcloud.provider import TencentCloud

options = TencentCloud().initialize(Config.empty(regions=["ap-guangzhou"], output_dir="out"))
print("account: ", options.account_id)
for wanted in ("net", "absent"):
    policy = {"name": "p", "resource": "tencentcloud.security-group", "filters": [{"tag:team": wanted}]}
    (loaded,) = PolicyCollection.from_data({"policies": [policy]}, options)
    manager = loaded.load_resource_manager()
    print(f"tag:team: {wanted} finds", [each["SecurityGroupId"] for each in manager.resources()])
PYTHON

cat > "$folder/expected" <<'TEXT'
account:  None
asks for: qcs::vpc:ap-guangzhou::sg/sg-12345678
gets:     qcs::vpc:ap-guangzhou:uin/100000000001:sg/sg-12345678
tag:team: net finds []
asks for: qcs::vpc:ap-guangzhou::sg/sg-12345678
gets:     qcs::vpc:ap-guangzhou:uin/100000000001:sg/sg-12345678
tag:team: absent finds ['sg-12345678']
TEXT

cd "$folder"
env -u HTTP_PROXY -u HTTPS_PROXY -u http_proxy -u https_proxy "$folder/venv/bin/python" -W ignore "$folder/ask.py" 2>&1 |
    tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
