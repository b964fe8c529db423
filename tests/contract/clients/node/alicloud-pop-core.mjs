// Alibaba Cloud's generic RPC client for Node.js: actions by name, signed with version 1, HMAC-SHA1.
// By GET everything is in the query, by POST everything is in the form.

import assert from 'node:assert/strict';

import popCore from '@alicloud/pop-core';

import { ENDPOINT, KEY, SCHEME, SECRET, main, refusal, watch } from './checks.mjs';

// This SDK has no endpoints of its own: its users write them.
const PRODUCTS = { '2014-05-26': 'ecs', '2016-04-28': 'vpc' };
const RegionId = 'cn-hangzhou';
const ZONE = 'cn-hangzhou-h';
const OTHER_ZONE = 'cn-hangzhou-i';

function connect(apiVersion, accessKeySecret = SECRET) {
  return new popCore.RPCClient({
    accessKeyId: KEY,
    accessKeySecret,
    endpoint: ENDPOINT ? `${SCHEME}://${ENDPOINT}` : `https://${PRODUCTS[apiVersion]}.aliyuncs.com`,
    apiVersion,
  });
}

const WAYS = { 'v1 GET': { method: 'GET' }, 'v1 POST': { method: 'POST' } };

await main('@alicloud/pop-core', WAYS, async (check, { method }) => {
  const clients = { ecs: connect('2014-05-26'), vpc: connect('2016-04-28') };
  const ecs = (action, params) => clients.ecs.request(action, { RegionId, ...params }, { method });
  const vpc = (action, params) => clients.vpc.request(action, { RegionId, ...params }, { method });

  await check('sign', async (tell) => {
    await ecs('DescribeNetworkInterfaces');
    const forged = connect('2014-05-26', `not ${SECRET}`);
    const error = await refusal(() => forged.request('DescribeNetworkInterfaces', { RegionId }, { method }));
    assert.equal(error.code, 'SignatureDoesNotMatch');
    tell(`another secret: ${error.code}`);
  });

  async function networkStatus(VpcId) {
    return (await vpc('DescribeVpcs', { VpcId })).Vpcs.Vpc[0]?.Status;
  }

  async function subnetStatus(VSwitchId) {
    return (await vpc('DescribeVSwitches', { VSwitchId })).VSwitches.VSwitch[0]?.Status;
  }

  async function createSubnet(VpcId, ZoneId, CidrBlock) {
    const { VSwitchId } = await vpc('CreateVSwitch', { VpcId, ZoneId, CidrBlock });
    await watch(() => subnetStatus(VSwitchId), 'Available');
    return VSwitchId;
  }

  async function instanceStatus(instanceId) {
    const reply = await ecs('DescribeInstances', { InstanceIds: JSON.stringify([instanceId]) });
    return reply.Instances.Instance[0]?.Status;
  }

  function createInterface(VSwitchId, SecurityGroupId) {
    return ecs('CreateNetworkInterface', {
      VSwitchId,
      SecurityGroupIds: [SecurityGroupId],
      Description: "it's (50 %) ~ready*!",
      SecondaryPrivateIpAddressCount: 1,
      Tag: [{ Key: 'team', Value: '网络 +' }],
    });
  }

  async function findInterface(id) {
    const reply = await ecs('DescribeNetworkInterfaces', { NetworkInterfaceId: [id] });
    return reply.NetworkInterfaceSets.NetworkInterfaceSet[0];
  }

  async function interfaceStatus(id) {
    return (await findInterface(id))?.Status;
  }

  function attach(NetworkInterfaceId, InstanceId) {
    return ecs('AttachNetworkInterface', { NetworkInterfaceId, InstanceId });
  }

  async function deleteInterface(NetworkInterfaceId) {
    await ecs('DeleteNetworkInterface', { NetworkInterfaceId });
    await watch(() => interfaceStatus(NetworkInterfaceId), undefined);
  }

  const made = await check('success', async () => {
    const { VpcId } = await vpc('CreateVpc', { CidrBlock: '172.16.0.0/12' });
    await watch(() => networkStatus(VpcId), 'Available');
    const subnetId = await createSubnet(VpcId, ZONE, '172.16.0.0/24');
    const otherSubnetId = await createSubnet(VpcId, OTHER_ZONE, '172.16.1.0/24');
    const { SecurityGroupId } = await ecs('CreateSecurityGroup', { VpcId });
    const started = await ecs('RunInstances', {
      ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId: subnetId,
      SecurityGroupId,
    });
    const [instanceId] = started.InstanceIdSets.InstanceIdSet;
    await watch(() => instanceStatus(instanceId), 'Running');

    const near = await createInterface(subnetId, SecurityGroupId);
    assert.equal(near.Status, 'Available');
    assert.equal(near.ZoneId, ZONE);
    assert.equal(near.Description, "it's (50 %) ~ready*!");
    assert.deepEqual(near.SecurityGroupIds.SecurityGroupId, [SecurityGroupId]);
    assert.equal(near.PrivateIpSets.PrivateIpSet.length, 2);
    assert.deepEqual(near.Tags.Tag.map((each) => [each.TagKey, each.TagValue]), [['team', '网络 +']]);
    const far = await createInterface(otherSubnetId, SecurityGroupId);
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
    const unknown = await refusal(() => attach('eni-bp1nowhere0000000000', made.instanceId));
    assert.equal(unknown.code, 'InvalidEniId.NotFound');
    assert.equal(unknown.name, 'InvalidEniId.NotFoundError');
    assert.equal(unknown.entry.response.statusCode, 404);
    assert.match(unknown.data.RequestId, /^[0-9A-F-]{36}$/);

    const distant = await refusal(() => attach(made.farId, made.instanceId));
    assert.equal(distant.code, 'InvalidOperation.AvailabilityZoneMismatch');
    assert.equal(distant.entry.response.statusCode, 403);
    assert.equal(await interfaceStatus(made.farId), 'Available');

    const incomplete = await refusal(() => ecs('CreateNetworkInterface'));
    assert.match(incomplete.code, /^Missing/);
    assert.equal(incomplete.entry.response.statusCode, 400);
    assert.match(incomplete.data.Message, /VSwitchId/);
    tell(unknown.code, distant.code, incomplete.code);
  });

  await check('poll', async (tell) => {
    await attach(made.nearId, made.instanceId);
    const attaching = await watch(() => interfaceStatus(made.nearId), 'InUse');
    assert.deepEqual(attaching, ['Attaching', 'InUse']);
    const shown = await findInterface(made.nearId);
    assert.equal(shown.Attachment.InstanceId, made.instanceId);

    await ecs('DetachNetworkInterface', { NetworkInterfaceId: made.nearId, InstanceId: made.instanceId });
    const detaching = await watch(() => interfaceStatus(made.nearId), 'Available');
    assert.deepEqual(detaching, ['Detaching', 'Available']);
    tell(attaching.join(' '), detaching.join(' '));
  });

  await check('xml', async (tell) => {
    // The client reads every answer as JSON: what it got instead is in its parser's complaint.
    const complaint = await refusal(() => ecs('DescribeNetworkInterfaces', { Format: 'XML' }));
    assert.equal(complaint.name, 'SyntaxError');
    const said = complaint.text.toString();
    assert.match(said, /^<\?xml /);
    assert.match(said, /<DescribeNetworkInterfacesResponse>/);
    assert.ok(said.includes(`<NetworkInterfaceId>${made.nearId}</NetworkInterfaceId>`));

    const refused = await refusal(() =>
      ecs('DeleteNetworkInterface', { NetworkInterfaceId: 'eni-bp1nowhere0000000000', Format: 'XML' }),
    );
    assert.match(refused.text.toString(), /<Error>.*<Code>InvalidEniId.NotFound<\/Code>/s);
    tell('read from the parser, which knows JSON only');
  });

  await check('success', async (tell) => {
    await deleteInterface(made.nearId);
    await deleteInterface(made.farId);
    await ecs('DeleteInstance', { InstanceId: made.instanceId, Force: true });
    await watch(() => instanceStatus(made.instanceId), undefined);
    await ecs('DeleteSecurityGroup', { SecurityGroupId: made.SecurityGroupId });
    for (const VSwitchId of made.subnetIds) {
      await vpc('DeleteVSwitch', { VSwitchId });
      await watch(() => subnetStatus(VSwitchId), undefined);
    }
    await vpc('DeleteVpc', { VpcId: made.VpcId });
    await watch(() => networkStatus(made.VpcId), undefined);
    tell('all deleted');
  });
});
