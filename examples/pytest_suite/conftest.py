"""What both tests begin with: a network and an instance, with ids of our own choosing."""

ALIBABA = {
    "networks": [{"id": "vpc-main", "CidrBlock": "10.0.0.0/8"}],
    "subnets": [
        {"id": "vsw-a", "VpcId": "vpc-main", "ZoneId": "cn-hangzhou-h", "CidrBlock": "10.0.0.0/24"}
    ],
    "groups": [{"id": "sg-nodes", "VpcId": "vpc-main"}],
    "instances": [
        {
            "id": "i-node",
            "InstanceType": "ecs.g7.large",
            "ImageId": "aliyun_3_x64_20G_alibase_20240528.vhd",
            "VSwitchId": "vsw-a",
            "SecurityGroupId": "sg-nodes",
        }
    ],
}
TENCENT = {
    "networks": [{"id": "vpc-main0001", "VpcName": "main", "CidrBlock": "10.0.0.0/16"}],
    "subnets": [
        {
            "id": "subnet-a0000001",
            "VpcId": "vpc-main0001",
            "SubnetName": "a",
            "CidrBlock": "10.0.0.0/24",
            "Zone": "ap-guangzhou-3",
        }
    ],
    "instances": [
        {
            "id": "ins-node0001",
            "InstanceType": "S5.MEDIUM4",
            "ImageId": "img-l8og963d",
            "Placement": {"Zone": "ap-guangzhou-3"},
            "VirtualPrivateCloud": {"VpcId": "vpc-main0001", "SubnetId": "subnet-a0000001"},
        }
    ],
}
