// Tencent Cloud's SDK for Node.js: signed with TC3-HMAC-SHA256 or with version 1, by POST or by GET.

import assert from 'node:assert/strict';

import cvmServices from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/index.js';
import vpcServices from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/index.js';

import { ENDPOINT, KEY, SCHEME, SECRET, main, refusal, watch } from './checks.mjs';

const ZONE = 'ap-guangzhou-3';
const OTHER_ZONE = 'ap-guangzhou-4';

const WAYS = {
  TC3: { signMethod: 'TC3-HMAC-SHA256', reqMethod: 'POST' },
  'TC3 GET': { signMethod: 'TC3-HMAC-SHA256', reqMethod: 'GET' },
  HmacSHA1: { signMethod: 'HmacSHA1', reqMethod: 'POST' },
  'HmacSHA256 GET': { signMethod: 'HmacSHA256', reqMethod: 'GET' },
};

function connect(service, { signMethod, reqMethod }, secretKey = SECRET) {
  return new service.v20170312.Client({
    credential: { secretId: KEY, secretKey },
    region: 'ap-guangzhou',
    profile: {
      signMethod,
      httpProfile: { reqMethod, ...(ENDPOINT && { endpoint: ENDPOINT, protocol: `${SCHEME}://` }) },
    },
  });
}

await main('tencentcloud-sdk-nodejs', WAYS, async (check, way) => {
  const vpc = connect(vpcServices.vpc, way);
  const cvm = connect(cvmServices.cvm, way);

  await check('sign', async (tell) => {
    await vpc.DescribeNetworkInterfaces({});
    const forged = connect(vpcServices.vpc, way, `not ${SECRET}`);
    const error = await refusal(() => forged.DescribeNetworkInterfaces({}));
    assert.equal(error.code, 'AuthFailure.SignatureFailure');
    tell(`another secret: ${error.code}`);
  });

  async function createSubnet(VpcId, Zone, CidrBlock) {
    const reply = await vpc.CreateSubnet({ VpcId, SubnetName: Zone, Zone, CidrBlock });
    return reply.Subnet.SubnetId;
  }

  async function instanceState(id) {
    return (await cvm.DescribeInstances({ InstanceIds: [id] })).InstanceSet[0]?.InstanceState;
  }

  async function findInterface(id) {
    const reply = await vpc.DescribeNetworkInterfaces({ NetworkInterfaceIds: [id] });
    return reply.NetworkInterfaceSet[0];
  }

  async function interfaceState(id) {
    return (await findInterface(id))?.State;
  }

  async function createInterface(VpcId, SubnetId, groupId) {
    const { NetworkInterface } = await vpc.CreateNetworkInterface({
      VpcId,
      SubnetId,
      NetworkInterfaceName: 'second',
      NetworkInterfaceDescription: "it's (50 %) ~ready*!",
      SecurityGroupIds: [groupId],
      SecondaryPrivateIpAddressCount: 1,
      Tags: [{ Key: 'team', Value: '网络' }],
    });
    await watch(() => interfaceState(NetworkInterface.NetworkInterfaceId), 'AVAILABLE');
    return NetworkInterface;
  }

  function attach(NetworkInterfaceId, InstanceId) {
    return vpc.AttachNetworkInterface({ NetworkInterfaceId, InstanceId });
  }

  async function task(id) {
    return (await vpc.DescribeVpcTaskResult({ TaskId: id })).Status;
  }

  async function deleteInterface(NetworkInterfaceId) {
    await vpc.DeleteNetworkInterface({ NetworkInterfaceId });
    await watch(() => interfaceState(NetworkInterfaceId), undefined);
  }

  const made = await check('success', async () => {
    const { VpcId } = (await vpc.CreateVpc({ VpcName: 'shop', CidrBlock: '10.0.0.0/16' })).Vpc;
    const subnetId = await createSubnet(VpcId, ZONE, '10.0.0.0/24');
    const otherSubnetId = await createSubnet(VpcId, OTHER_ZONE, '10.0.1.0/24');
    const { SecurityGroupId } = (
      await vpc.CreateSecurityGroup({ GroupName: 'web', GroupDescription: 'web servers' })
    ).SecurityGroup;
    const started = await cvm.RunInstances({
      ImageId: 'img-487zeit5',
      InstanceType: 'S5.MEDIUM4',
      Placement: { Zone: ZONE },
      VirtualPrivateCloud: { VpcId, SubnetId: subnetId },
      SecurityGroupIds: [SecurityGroupId],
    });
    const [instanceId] = started.InstanceIdSet;
    await watch(() => instanceState(instanceId), 'RUNNING');

    const near = await createInterface(VpcId, subnetId, SecurityGroupId);
    assert.equal(near.State, 'PENDING');
    assert.equal(near.Zone, ''); // known only later
    assert.equal(near.Attachment, null);
    assert.equal(near.NetworkInterfaceDescription, "it's (50 %) ~ready*!");
    assert.deepEqual(near.GroupSet, [SecurityGroupId]);
    assert.deepEqual(near.PrivateIpAddressSet.map((each) => each.Primary), [true, false]);
    assert.deepEqual(near.TagSet, [{ Key: 'team', Value: '网络' }]);
    const far = await createInterface(VpcId, otherSubnetId, SecurityGroupId);
    return {
      VpcId,
      subnetIds: [subnetId, otherSubnetId],
      SecurityGroupId,
      instanceId,
      nearId: near.NetworkInterfaceId,
      farId: far.NetworkInterfaceId,
    };
  });

  await check('error', async (tell) => {
    const unknown = await refusal(() => attach('eni-nowhere0', made.instanceId));
    assert.equal(unknown.code, 'ResourceNotFound');
    assert.match(unknown.requestId, /^[0-9a-f-]{36}$/);
    assert.equal(unknown.httpCode, undefined);

    const distant = await refusal(() => attach(made.farId, made.instanceId));
    assert.equal(distant.code, 'UnsupportedOperation.ZoneMismatch');
    assert.equal(await interfaceState(made.farId), 'AVAILABLE');

    const incomplete = await refusal(() => vpc.CreateNetworkInterface({ VpcId: made.VpcId }));
    assert.equal(incomplete.code, 'MissingParameter');
    assert.match(incomplete.message, /NetworkInterfaceName/);
    tell(unknown.code, distant.code, incomplete.code);
  });

  await check('poll', async (tell) => {
    const attached = await attach(made.nearId, made.instanceId);
    assert.equal(await interfaceState(made.nearId), 'ATTACHING');
    const attaching = await watch(() => task(attached.RequestId), 'SUCCESS');
    assert.deepEqual(attaching, ['RUNNING', 'SUCCESS']);
    const shown = await findInterface(made.nearId);
    assert.equal(shown.State, 'AVAILABLE');
    assert.equal(shown.Attachment.InstanceId, made.instanceId);
    assert.equal(shown.Attachment.DeviceIndex, 1);

    const detached = await vpc.DetachNetworkInterface({
      NetworkInterfaceId: made.nearId,
      InstanceId: made.instanceId,
    });
    const detaching = await watch(() => task(detached.RequestId), 'SUCCESS');
    assert.deepEqual(detaching, ['RUNNING', 'SUCCESS']);
    assert.equal((await findInterface(made.nearId)).Attachment, null);
    tell(attaching.join(' '), detaching.join(' '));
  });

  await check('success', async (tell) => {
    await deleteInterface(made.nearId);
    await deleteInterface(made.farId);
    await cvm.TerminateInstances({ InstanceIds: [made.instanceId] });
    await watch(() => instanceState(made.instanceId), undefined);
    await vpc.DeleteSecurityGroup({ SecurityGroupId: made.SecurityGroupId });
    for (const SubnetId of made.subnetIds) await vpc.DeleteSubnet({ SubnetId });
    await vpc.DeleteVpc({ VpcId: made.VpcId });
    const gone = await refusal(() => vpc.DeleteVpc({ VpcId: made.VpcId }));
    assert.equal(gone.code, 'ResourceNotFound');
    tell('all deleted');
  });
});
