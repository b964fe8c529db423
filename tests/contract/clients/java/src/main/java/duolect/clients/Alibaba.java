package duolect.clients;

import com.aliyun.ecs20140526.models.AttachNetworkInterfaceRequest;
import com.aliyun.ecs20140526.models.CreateNetworkInterfaceRequest;
import com.aliyun.ecs20140526.models.CreateNetworkInterfaceRequest.CreateNetworkInterfaceRequestTag;
import com.aliyun.ecs20140526.models.CreateSecurityGroupRequest;
import com.aliyun.ecs20140526.models.DeleteInstanceRequest;
import com.aliyun.ecs20140526.models.DeleteNetworkInterfaceRequest;
import com.aliyun.ecs20140526.models.DeleteSecurityGroupRequest;
import com.aliyun.ecs20140526.models.DescribeInstancesRequest;
import com.aliyun.ecs20140526.models.DescribeNetworkInterfacesRequest;
import com.aliyun.ecs20140526.models.DetachNetworkInterfaceRequest;
import com.aliyun.ecs20140526.models.RunInstancesRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.vpc20160428.models.CreateVSwitchRequest;
import com.aliyun.vpc20160428.models.CreateVpcRequest;
import com.aliyun.vpc20160428.models.DeleteVSwitchRequest;
import com.aliyun.vpc20160428.models.DeleteVpcRequest;
import com.aliyun.vpc20160428.models.DescribeVSwitchesRequest;
import com.aliyun.vpc20160428.models.DescribeVpcsRequest;
import java.util.List;
import java.util.Optional;

/** Uses Alibaba Cloud's current SDK: ACS3 signatures, and builders for everything. */
final class Alibaba {
    private static final String REGION = "cn-hangzhou";
    private static final String ZONE = "cn-hangzhou-h";
    private static final String OTHER_ZONE = "cn-hangzhou-i";

    private final com.aliyun.ecs20140526.Client ecs;
    private final com.aliyun.vpc20160428.Client vpc;

    private Alibaba(String secret, String algorithm) throws Exception {
        ecs = new com.aliyun.ecs20140526.Client(config(secret, algorithm));
        vpc = new com.aliyun.vpc20160428.Client(config(secret, algorithm));
    }

    /** Takes null for the SDK's own signature algorithm; "v2" means RPC signatures of version 1. */
    private static Config config(String secret, String algorithm) {
        return new Config()
                .setAccessKeyId(Report.env("DUOLECT_KEY"))
                .setAccessKeySecret(secret)
                .setRegionId(REGION)
                .setEndpoint(Report.endpoint())
                .setProtocol(Report.endpoint() == null ? null : Report.scheme())
                .setSignatureAlgorithm(algorithm);
    }

    public static void main(String[] arguments) {
        Report.run("com.aliyun", "ecs20140526", report -> {
            String secret = Report.env("DUOLECT_SECRET");
            report.refused("sign", "a wrong secret", new Alibaba(secret + "-not", null)::describeAll,
                    Alibaba::refusal, 400, "SignatureDoesNotMatch");
            new Alibaba(secret, "v2").describeAll();
            report.check("sign", true, "HMAC-SHA1, version 1.0");
            new Alibaba(secret, null).scenario(report);
        });
    }

    /** Where the interfaces live. */
    private record Place(String vpc, String vswitch, String otherVSwitch, String group, String instance) {}

    private void scenario(Report report) throws Exception {
        Place place = prepare(report);
        String eni = createInterface(place.vswitch(), place.group());
        String otherEni = createInterface(place.otherVSwitch(), place.group());

        report.refused("error", "an unknown interface", () -> attach(Report.missing(eni), place.instance()),
                Alibaba::refusal, 404, "InvalidEniId.NotFound");
        report.refused("error", "another zone", () -> attach(otherEni, place.instance()),
                Alibaba::refusal, 403, "InvalidOperation.AvailabilityZoneMismatch");
        report.refused("error", "no instance", () -> attach(eni, null),
                Alibaba::refusal, 400, "MissingParameter");

        attach(eni, place.instance());
        report.polled("attach", () -> status(eni, place.instance()), "Attaching", "InUse");
        ecs.detachNetworkInterface(new DetachNetworkInterfaceRequest()
                .setRegionId(REGION).setNetworkInterfaceId(eni).setInstanceId(place.instance()));
        report.polled("detach", () -> status(eni, null), "Detaching", "Available");

        for (String id : List.of(eni, otherEni)) {
            ecs.deleteNetworkInterface(
                    new DeleteNetworkInterfaceRequest().setRegionId(REGION).setNetworkInterfaceId(id));
            Report.await(() -> status(id, null), "gone");
        }
        tidyUp(place);
        report.check("success", true, eni + " lived in " + place.vpc() + " and is gone");
    }

    /**
     * Creates a VPC with a vSwitch in each of two zones, a security group, and an instance in the first zone
     * that runs.
     */
    private Place prepare(Report report) throws Exception {
        String vpcId = vpc.createVpc(new CreateVpcRequest()
                .setRegionId(REGION).setCidrBlock("10.0.0.0/16").setVpcName("java 中文 +&=*~'"))
                .body.vpcId;
        report.check("sign", true, "ACS3-HMAC-SHA256");
        Report.await(() -> vpcStatus(vpcId), "Available");
        String vswitch = createVSwitch(vpcId, ZONE, "10.0.1.0/24");
        String otherVSwitch = createVSwitch(vpcId, OTHER_ZONE, "10.0.2.0/24");
        String group = ecs.createSecurityGroup(
                new CreateSecurityGroupRequest().setRegionId(REGION).setVpcId(vpcId)).body.securityGroupId;
        List<String> ids = ecs.runInstances(new RunInstancesRequest()
                .setRegionId(REGION)
                .setImageId("aliyun_3_x64_20G_alibase_20240819.vhd")
                .setInstanceType("ecs.g7.large")
                .setVSwitchId(vswitch)
                .setSecurityGroupId(group)
                .setAmount(1)).body.instanceIdSets.instanceIdSet;
        Report.expect(ids.size() == 1, "RunInstances named " + ids);
        String instance = ids.get(0);
        Report.await(() -> instanceStatus(instance), "Running");
        return new Place(vpcId, vswitch, otherVSwitch, group, instance);
    }

    private String createVSwitch(String vpcId, String zone, String block) throws Exception {
        String id = vpc.createVSwitch(new CreateVSwitchRequest()
                .setRegionId(REGION).setVpcId(vpcId).setZoneId(zone).setCidrBlock(block)).body.vSwitchId;
        Report.await(() -> vswitchStatus(id), "Available");
        return id;
    }

    private String createInterface(String vswitch, String group) throws Exception {
        var created = ecs.createNetworkInterface(new CreateNetworkInterfaceRequest()
                .setRegionId(REGION)
                .setVSwitchId(vswitch)
                .setSecurityGroupIds(List.of(group))
                .setSecondaryPrivateIpAddressCount(1)
                .setTag(List.of(new CreateNetworkInterfaceRequestTag().setKey("client").setValue("java")))).body;
        Report.expect(created.privateIpSets.privateIpSet.size() == 2, "created with another number of addresses");
        Report.await(() -> status(created.networkInterfaceId, null), "Available");
        return created.networkInterfaceId;
    }

    private Object attach(String eni, String instance) throws Exception {
        return ecs.attachNetworkInterface(new AttachNetworkInterfaceRequest()
                .setRegionId(REGION).setNetworkInterfaceId(eni).setInstanceId(instance));
    }

    private Object describeAll() throws Exception {
        return ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest().setRegionId(REGION));
    }

    /** Reads an interface's status, and holds the instance that it names while in use against the expected one. */
    private String status(String eni, String instance) throws Exception {
        var reply = ecs.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest()
                .setRegionId(REGION).setNetworkInterfaceId(List.of(eni))).body;
        if (reply.totalCount == 0) {
            return "gone";
        }
        var shown = reply.networkInterfaceSets.networkInterfaceSet.get(0);
        Report.expect(!shown.status.equals("InUse") || shown.instanceId.equals(instance),
                eni + " is in use by " + shown.instanceId);
        return shown.status;
    }

    private String vpcStatus(String id) throws Exception {
        var reply = vpc.describeVpcs(new DescribeVpcsRequest().setRegionId(REGION).setVpcId(id)).body;
        return reply.totalCount == 0 ? "gone" : reply.vpcs.vpc.get(0).status;
    }

    private String vswitchStatus(String id) throws Exception {
        var reply = vpc.describeVSwitches(new DescribeVSwitchesRequest().setRegionId(REGION).setVSwitchId(id)).body;
        return reply.totalCount == 0 ? "gone" : reply.vSwitches.vSwitch.get(0).status;
    }

    private String instanceStatus(String id) throws Exception {
        var reply = ecs.describeInstances(new DescribeInstancesRequest()
                .setRegionId(REGION).setInstanceIds("[\"" + id + "\"]")).body;
        return reply.totalCount == 0 ? "gone" : reply.instances.instance.get(0).status;
    }

    private void tidyUp(Place place) throws Exception {
        ecs.deleteInstance(new DeleteInstanceRequest().setInstanceId(place.instance()).setForce(true));
        Report.await(() -> instanceStatus(place.instance()), "gone");
        ecs.deleteSecurityGroup(
                new DeleteSecurityGroupRequest().setRegionId(REGION).setSecurityGroupId(place.group()));
        for (String id : List.of(place.vswitch(), place.otherVSwitch())) {
            vpc.deleteVSwitch(new DeleteVSwitchRequest().setRegionId(REGION).setVSwitchId(id));
            Report.await(() -> vswitchStatus(id), "gone");
        }
        vpc.deleteVpc(new DeleteVpcRequest().setRegionId(REGION).setVpcId(place.vpc()));
        Report.await(() -> vpcStatus(place.vpc()), "gone");
    }

    private static Optional<Report.Refusal> refusal(Exception failure) {
        if (failure instanceof TeaException refused && refused.getData() != null) {
            return Optional.of(new Report.Refusal(refused.getStatusCode(), refused.getCode(),
                    refused.getMessage(), (String) refused.getData().get("RequestId")));
        }
        return Optional.empty();
    }
}
