// Alibaba Cloud's current SDK for Node.js: typed requests, signed with ACS3-HMAC-SHA256.

import assert from 'node:assert/strict';

import ecs20140526 from '@alicloud/ecs20140526';
import openApi from '@alicloud/openapi-core';
import vpc20160428 from '@alicloud/vpc20160428';

import { ENDPOINT, KEY, SCHEME, SECRET, main, refusal, versionOf, watch } from './checks.mjs';

const regionId = 'cn-hangzhou';
const zoneId = 'cn-hangzhou-h';
const otherZoneId = 'cn-hangzhou-i';

function connect(product, accessKeySecret = SECRET) {
  return new product.default(
    new openApi.$OpenApiUtil.Config({
      accessKeyId: KEY,
      accessKeySecret,
      regionId,
      ...(ENDPOINT && { endpoint: ENDPOINT, protocol: SCHEME }),
    }),
  );
}

await main('@alicloud/ecs20140526', { ACS3: {} }, async (check) => {
  const ecs = connect(ecs20140526);
  const vpc = connect(vpc20160428);

  await check('sign', async (tell) => {
    await ecs.describeNetworkInterfaces(new ecs20140526.DescribeNetworkInterfacesRequest({ regionId }));
    const forged = connect(ecs20140526, `not ${SECRET}`);
    const error = await refusal(() =>
      forged.describeNetworkInterfaces(new ecs20140526.DescribeNetworkInterfacesRequest({ regionId })),
    );
    assert.equal(error.code, 'SignatureDoesNotMatch');
    tell(`another secret: ${error.code}`);
  });

  async function networkStatus(vpcId) {
    const { body } = await vpc.describeVpcs(new vpc20160428.DescribeVpcsRequest({ regionId, vpcId }));
    return body.vpcs.vpc[0]?.status;
  }

  async function subnetStatus(vSwitchId) {
    const request = new vpc20160428.DescribeVSwitchesRequest({ regionId, vSwitchId });
    const { body } = await vpc.describeVSwitches(request);
    return body.vSwitches.vSwitch[0]?.status;
  }

  async function createSubnet(vpcId, zone, cidrBlock) {
    const request = new vpc20160428.CreateVSwitchRequest({ regionId, vpcId, zoneId: zone, cidrBlock });
    const { vSwitchId } = (await vpc.createVSwitch(request)).body;
    await watch(() => subnetStatus(vSwitchId), 'Available');
    return vSwitchId;
  }

  async function instanceStatus(instanceId) {
    const request = new ecs20140526.DescribeInstancesRequest({
      regionId,
      instanceIds: JSON.stringify([instanceId]),
    });
    const { body } = await ecs.describeInstances(request);
    return body.instances.instance[0]?.status;
  }

  async function createInterface(vSwitchId, securityGroupId) {
    const request = new ecs20140526.CreateNetworkInterfaceRequest({
      regionId,
      vSwitchId,
      securityGroupIds: [securityGroupId],
      networkInterfaceName: 'second',
      description: "it's (50 %) ~ready*!",
      secondaryPrivateIpAddressCount: 1,
      tag: [new ecs20140526.CreateNetworkInterfaceRequestTag({ key: 'team', value: '网络 +' })],
    });
    return (await ecs.createNetworkInterface(request)).body;
  }

  async function findInterface(networkInterfaceId) {
    const request = new ecs20140526.DescribeNetworkInterfacesRequest({
      regionId,
      networkInterfaceId: [networkInterfaceId],
    });
    const { body } = await ecs.describeNetworkInterfaces(request);
    return body.networkInterfaceSets.networkInterfaceSet[0];
  }

  async function interfaceStatus(networkInterfaceId) {
    return (await findInterface(networkInterfaceId))?.status;
  }

  function attach(networkInterfaceId, instanceId) {
    return ecs.attachNetworkInterface(
      new ecs20140526.AttachNetworkInterfaceRequest({ regionId, networkInterfaceId, instanceId }),
    );
  }

  async function deleteInterface(networkInterfaceId) {
    await ecs.deleteNetworkInterface(
      new ecs20140526.DeleteNetworkInterfaceRequest({ regionId, networkInterfaceId }),
    );
    await watch(() => interfaceStatus(networkInterfaceId), undefined);
  }

  const made = await check('success', async (tell) => {
    const { vpcId } = (
      await vpc.createVpc(new vpc20160428.CreateVpcRequest({ regionId, cidrBlock: '10.0.0.0/16' }))
    ).body;
    await watch(() => networkStatus(vpcId), 'Available');
    const subnetId = await createSubnet(vpcId, zoneId, '10.0.0.0/24');
    const otherSubnetId = await createSubnet(vpcId, otherZoneId, '10.0.1.0/24');
    const { securityGroupId } = (
      await ecs.createSecurityGroup(new ecs20140526.CreateSecurityGroupRequest({ regionId, vpcId }))
    ).body;
    const run = new ecs20140526.RunInstancesRequest({
      regionId,
      imageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
      instanceType: 'ecs.g7.large',
      vSwitchId: subnetId,
      securityGroupId,
    });
    const [instanceId] = (await ecs.runInstances(run)).body.instanceIdSets.instanceIdSet;
    await watch(() => instanceStatus(instanceId), 'Running');

    const near = await createInterface(subnetId, securityGroupId);
    assert.ok(near instanceof ecs20140526.CreateNetworkInterfaceResponseBody);
    assert.equal(near.status, 'Available');
    assert.equal(near.zoneId, zoneId);
    assert.equal(near.description, "it's (50 %) ~ready*!");
    assert.deepEqual(near.securityGroupIds.securityGroupId, [securityGroupId]);
    assert.deepEqual(near.privateIpSets.privateIpSet.map((each) => each.primary), [true, false]);
    assert.deepEqual(near.tags.tag.map((each) => [each.tagKey, each.tagValue]), [['team', '网络 +']]);
    const far = await createInterface(otherSubnetId, securityGroupId);
    tell(`network and subnets by @alicloud/vpc20160428 ${versionOf('@alicloud/vpc20160428')}`);
    return {
      vpcId,
      subnetIds: [subnetId, otherSubnetId],
      securityGroupId,
      instanceId,
      nearId: near.networkInterfaceId,
      farId: far.networkInterfaceId,
    };
  });

  await check('error', async (tell) => {
    const unknown = await refusal(() => attach('eni-bp1nowhere0000000000', made.instanceId));
    assert.deepEqual([unknown.code, unknown.statusCode], ['InvalidEniId.NotFound', 404]);
    assert.match(unknown.requestId, /^[0-9A-F-]{36}$/);

    const distant = await refusal(() => attach(made.farId, made.instanceId));
    assert.deepEqual(
      [distant.code, distant.statusCode],
      ['InvalidOperation.AvailabilityZoneMismatch', 403],
    );
    assert.equal(await interfaceStatus(made.farId), 'Available');

    const incomplete = await refusal(() =>
      ecs.createNetworkInterface(new ecs20140526.CreateNetworkInterfaceRequest({ regionId })),
    );
    assert.equal(incomplete.statusCode, 400);
    assert.match(incomplete.code, /^Missing/);
    assert.match(incomplete.message, /VSwitchId/);
    tell(unknown.code, distant.code, incomplete.code);
  });

  await check('poll', async (tell) => {
    await attach(made.nearId, made.instanceId);
    const attaching = await watch(() => interfaceStatus(made.nearId), 'InUse');
    assert.deepEqual(attaching, ['Attaching', 'InUse']);
    const shown = await findInterface(made.nearId);
    assert.equal(shown.attachment.instanceId, made.instanceId);
    assert.equal(shown.attachment.deviceIndex, 1);

    await ecs.detachNetworkInterface(
      new ecs20140526.DetachNetworkInterfaceRequest({
        regionId,
        networkInterfaceId: made.nearId,
        instanceId: made.instanceId,
      }),
    );
    const detaching = await watch(() => interfaceStatus(made.nearId), 'Available');
    assert.deepEqual(detaching, ['Detaching', 'Available']);
    tell(attaching.join(' '), detaching.join(' '));
  });

  await check('success', async (tell) => {
    await deleteInterface(made.nearId);
    await deleteInterface(made.farId);
    await ecs.deleteInstance(
      new ecs20140526.DeleteInstanceRequest({ instanceId: made.instanceId, force: true }),
    );
    await watch(() => instanceStatus(made.instanceId), undefined);
    await ecs.deleteSecurityGroup(
      new ecs20140526.DeleteSecurityGroupRequest({ regionId, securityGroupId: made.securityGroupId }),
    );
    for (const vSwitchId of made.subnetIds) {
      await vpc.deleteVSwitch(new vpc20160428.DeleteVSwitchRequest({ regionId, vSwitchId }));
      await watch(() => subnetStatus(vSwitchId), undefined);
    }
    await vpc.deleteVpc(new vpc20160428.DeleteVpcRequest({ regionId, vpcId: made.vpcId }));
    await watch(() => networkStatus(made.vpcId), undefined);
    tell('all deleted');
  });
});
