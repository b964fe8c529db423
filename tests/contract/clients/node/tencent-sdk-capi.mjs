// The API client of the Serverless Framework for Tencent Cloud: a form labelled JSON with HmacSHA1 or
// HmacSHA256, or JSON with TC3-HMAC-SHA256.

import assert from 'node:assert/strict';

import { Capi } from '@tencent-sdk/capi';

import { ENDPOINT, KEY, SECRET, main, refusal, watch } from './checks.mjs';

const Zone = 'ap-guangzhou-3';
const OTHER_ZONE = 'ap-guangzhou-4';

const WAYS = {
  HmacSHA1: {},
  HmacSHA256: { signatureMethod: 'sha256' },
  TC3: { isV3: true },
};

function connect(serviceType, { isV3 = false, ...way }, secretKey = SECRET) {
  const client = new Capi({
    serviceType,
    region: 'ap-guangzhou',
    secretId: KEY,
    secretKey,
    version: '2017-03-12',
    protocol: 'http',
    host: ENDPOINT,
    ...way,
  });
  // It tells a refusal in its answer, as the framework reads it.
  return async (Action, params = {}) => {
    const { Response } = await client.request({ Action, Version: '2017-03-12', ...params }, undefined, isV3);
    if (Response.Error) throw Object.assign(new Error(Response.Error.Message), { code: Response.Error.Code });
    return Response;
  };
}

await main('@tencent-sdk/capi', WAYS, async (check, way) => {
  const vpc = connect('vpc', way);
  const cvm = connect('cvm', way);

  await check('sign', async (tell) => {
    await vpc('DescribeNetworkInterfaces');
    const error = await refusal(() => connect('vpc', way, `not ${SECRET}`)('DescribeNetworkInterfaces'));
    assert.equal(error.code, 'AuthFailure.SignatureFailure');
    tell(`another secret: ${error.code}`);
  });

  async function createSubnet(VpcId, Zone, CidrBlock) {
    return (await vpc('CreateSubnet', { VpcId, SubnetName: Zone, Zone, CidrBlock })).Subnet.SubnetId;
  }

  async function instanceState(id) {
    return (await cvm('DescribeInstances', { InstanceIds: [id] })).InstanceSet[0]?.InstanceState;
  }

  async function findInterface(id) {
    return (await vpc('DescribeNetworkInterfaces', { NetworkInterfaceIds: [id] })).NetworkInterfaceSet[0];
  }

  async function interfaceState(id) {
    return (await findInterface(id))?.State;
  }

  async function createInterface(VpcId, SubnetId, group) {
    const { NetworkInterface } = await vpc('CreateNetworkInterface', {
      VpcId,
      SubnetId,
      NetworkInterfaceName: 'second',
      SecurityGroupIds: [group],
      SecondaryPrivateIpAddressCount: 1,
      Tags: [{ Key: 'team', Value: '网络' }],
    });
    assert.deepEqual(NetworkInterface.TagSet, [{ Key: 'team', Value: '网络' }]);
    await watch(() => interfaceState(NetworkInterface.NetworkInterfaceId), 'AVAILABLE');
    return NetworkInterface.NetworkInterfaceId;
  }

  function attach(NetworkInterfaceId, InstanceId) {
    return vpc('AttachNetworkInterface', { NetworkInterfaceId, InstanceId });
  }

  const made = await check('success', async () => {
    const { VpcId } = (await vpc('CreateVpc', { VpcName: 'shop', CidrBlock: '10.0.0.0/16' })).Vpc;
    const subnetId = await createSubnet(VpcId, Zone, '10.0.0.0/24');
    const otherSubnetId = await createSubnet(VpcId, OTHER_ZONE, '10.0.1.0/24');
    const described = { GroupName: 'web', GroupDescription: "it's (50 %) ~ready*!" };
    const { SecurityGroup } = await vpc('CreateSecurityGroup', described);
    assert.equal(SecurityGroup.SecurityGroupDesc, described.GroupDescription);
    const { InstanceIdSet } = await cvm('RunInstances', {
      ImageId: 'img-487zeit5',
      InstanceType: 'S5.MEDIUM4',
      Placement: { Zone },
      VirtualPrivateCloud: { VpcId, SubnetId: subnetId },
      SecurityGroupIds: [SecurityGroup.SecurityGroupId],
    });
    await watch(() => instanceState(InstanceIdSet[0]), 'RUNNING');
    return {
      VpcId,
      subnetIds: [subnetId, otherSubnetId],
      groupId: SecurityGroup.SecurityGroupId,
      instanceId: InstanceIdSet[0],
      nearId: await createInterface(VpcId, subnetId, SecurityGroup.SecurityGroupId),
      farId: await createInterface(VpcId, otherSubnetId, SecurityGroup.SecurityGroupId),
    };
  });

  await check('error', async (tell) => {
    const codes = [];
    for (const call of [
      () => attach('eni-nowhere0', made.instanceId),
      () => attach(made.farId, made.instanceId),
      () => vpc('CreateNetworkInterface', { VpcId: made.VpcId }),
    ]) {
      codes.push((await refusal(call)).code);
    }
    assert.deepEqual(codes, ['ResourceNotFound', 'UnsupportedOperation.ZoneMismatch', 'MissingParameter']);
    tell(...codes);
  });

  await check('poll', async (tell) => {
    await attach(made.nearId, made.instanceId);
    const attaching = await watch(() => interfaceState(made.nearId), 'AVAILABLE');
    assert.deepEqual(attaching, ['ATTACHING', 'AVAILABLE']);
    assert.equal((await findInterface(made.nearId)).Attachment.InstanceId, made.instanceId);
    const both = { NetworkInterfaceId: made.nearId, InstanceId: made.instanceId };
    await vpc('DetachNetworkInterface', both);
    const detaching = await watch(() => interfaceState(made.nearId), 'AVAILABLE');
    assert.deepEqual(detaching, ['DETACHING', 'AVAILABLE']);
    assert.equal((await findInterface(made.nearId)).Attachment, null);
    tell(attaching.join(' '), detaching.join(' '));
  });

  await check('success', async (tell) => {
    for (const NetworkInterfaceId of [made.nearId, made.farId]) {
      await vpc('DeleteNetworkInterface', { NetworkInterfaceId });
      await watch(() => interfaceState(NetworkInterfaceId), undefined);
    }
    await cvm('TerminateInstances', { InstanceIds: [made.instanceId] });
    await watch(() => instanceState(made.instanceId), undefined);
    await vpc('DeleteSecurityGroup', { SecurityGroupId: made.groupId });
    for (const SubnetId of made.subnetIds) await vpc('DeleteSubnet', { SubnetId });
    await vpc('DeleteVpc', { VpcId: made.VpcId });
    tell('all deleted');
  });
});
