package duolect.clients;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ecs.model.v20140526.AttachNetworkInterfaceRequest;
import com.aliyuncs.ecs.model.v20140526.CreateNetworkInterfaceRequest;
import com.aliyuncs.ecs.model.v20140526.CreateSecurityGroupRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteInstanceRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteNetworkInterfaceRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteSecurityGroupRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeNetworkInterfacesRequest;
import com.aliyuncs.ecs.model.v20140526.DetachNetworkInterfaceRequest;
import com.aliyuncs.ecs.model.v20140526.RunInstancesRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;
import com.aliyuncs.vpc.model.v20160428.CreateVSwitchRequest;
import com.aliyuncs.vpc.model.v20160428.CreateVpcRequest;
import com.aliyuncs.vpc.model.v20160428.DeleteVSwitchRequest;
import com.aliyuncs.vpc.model.v20160428.DeleteVpcRequest;
import com.aliyuncs.vpc.model.v20160428.DescribeVSwitchesRequest;
import com.aliyuncs.vpc.model.v20160428.DescribeVpcsRequest;
import java.util.List;
import java.util.Optional;

/** Uses Alibaba Cloud's classic SDK: RPC signatures of version 1 and ACS3, JSON and XML. */
final class AlibabaClassic {
    private static final String REGION = "cn-hangzhou";
    private static final String ZONE = "cn-hangzhou-h";
    private static final String OTHER_ZONE = "cn-hangzhou-i";

    /** The SDK's own choice is http, so https has to be asked for. */
    private static final ProtocolType PROTOCOL =
            Report.scheme().equals("https") ? ProtocolType.HTTPS : ProtocolType.HTTP;

    private final String endpoint = Report.endpoint();
    private final DefaultAcsClient client;

    private AlibabaClassic(String secret) {
        client = new DefaultAcsClient(DefaultProfile.getProfile(REGION, Report.env("DUOLECT_KEY"), secret));
    }

    public static void main(String[] arguments) {
        Report.run("com.aliyun", "aliyun-java-sdk-ecs", report -> {
            String secret = Report.env("DUOLECT_SECRET");
            // The SDK names the secret as the culprit only if the server signed the same text as it did itself.
            report.refused("sign", "a wrong secret", new AlibabaClassic(secret + "-not")::describeAll,
                    AlibabaClassic::refusal, 0, "SDK.InvalidAccessKeySecret");
            AlibabaClassic newer = new AlibabaClassic(secret);
            newer.client.setSignatureVersion(SignatureVersion.V3);
            newer.describeAll();
            report.check("sign", true, "ACS3-HMAC-SHA256");
            new AlibabaClassic(secret).scenario(report);
        });
    }

    /** Where the interfaces live. */
    private record Place(String vpc, String vswitch, String otherVSwitch, String group, String instance) {}

    private void scenario(Report report) throws Exception {
        Place place = prepare(report);
        String eni = createInterface(place.vswitch(), place.group());
        String otherEni = createInterface(place.otherVSwitch(), place.group());

        report.refused("error", "an unknown interface", () -> attach(Report.missing(eni), place.instance()),
                AlibabaClassic::refusal, 0, "InvalidEniId.NotFound");
        report.refused("error", "another zone", () -> attach(otherEni, place.instance()),
                AlibabaClassic::refusal, 0, "InvalidOperation.AvailabilityZoneMismatch");
        report.refused("error", "no instance", () -> attach(eni, null),
                AlibabaClassic::refusal, 0, "MissingParameter");

        attach(eni, place.instance());
        report.polled("attach", () -> status(eni, place.instance()), "Attaching", "InUse");
        readXml(report, eni, place.instance());

        var detach = new DetachNetworkInterfaceRequest();
        detach.setNetworkInterfaceId(eni);
        detach.setInstanceId(place.instance());
        send(detach);
        report.polled("detach", () -> status(eni, null), "Detaching", "Available");

        for (String id : List.of(eni, otherEni)) {
            var delete = new DeleteNetworkInterfaceRequest();
            delete.setNetworkInterfaceId(id);
            send(delete);
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
        var createVpc = new CreateVpcRequest();
        createVpc.setCidrBlock("10.0.0.0/16");
        createVpc.setVpcName("java classic 中文 +&=*~'");
        String vpc = send(createVpc).getVpcId();
        report.check("sign", true, "HMAC-SHA1, version 1.0");
        Report.await(() -> vpcStatus(vpc), "Available");
        String vswitch = createVSwitch(vpc, ZONE, "10.0.1.0/24");
        String otherVSwitch = createVSwitch(vpc, OTHER_ZONE, "10.0.2.0/24");

        var createGroup = new CreateSecurityGroupRequest();
        createGroup.setVpcId(vpc);
        String group = send(createGroup).getSecurityGroupId();

        var run = new RunInstancesRequest();
        run.setImageId("aliyun_3_x64_20G_alibase_20240819.vhd");
        run.setInstanceType("ecs.g7.large");
        run.setVSwitchId(vswitch);
        run.setSecurityGroupId(group);
        run.setAmount(1);
        List<String> ids = send(run).getInstanceIdSets();
        Report.expect(ids.size() == 1, "RunInstances named " + ids);
        String instance = ids.get(0);
        Report.await(() -> instanceStatus(instance), "Running");
        return new Place(vpc, vswitch, otherVSwitch, group, instance);
    }

    private String createVSwitch(String vpc, String zone, String block) throws Exception {
        var request = new CreateVSwitchRequest();
        request.setVpcId(vpc);
        request.setZoneId(zone);
        request.setCidrBlock(block);
        String id = send(request).getVSwitchId();
        Report.await(() -> vswitchStatus(id), "Available");
        return id;
    }

    private String createInterface(String vswitch, String group) throws Exception {
        var tag = new CreateNetworkInterfaceRequest.Tag();
        tag.setKey("client");
        tag.setValue("java classic");
        var request = new CreateNetworkInterfaceRequest();
        request.setVSwitchId(vswitch);
        request.setSecurityGroupIdss(List.of(group));
        request.setSecondaryPrivateIpAddressCount(1);
        request.setTags(List.of(tag));
        var created = send(request);
        Report.expect(created.getPrivateIpSets().size() == 2, "created with another number of addresses");
        Report.await(() -> status(created.getNetworkInterfaceId(), null), "Available");
        return created.getNetworkInterfaceId();
    }

    private Object attach(String eni, String instance) throws Exception {
        var request = new AttachNetworkInterfaceRequest();
        request.setNetworkInterfaceId(eni);
        request.setInstanceId(instance);
        return send(request);
    }

    private Object describeAll() throws Exception {
        var request = new DescribeNetworkInterfacesRequest();
        request.putQueryParameter("RegionId", REGION); // with ACS3 the SDK does not add it
        return send(request);
    }

    /** Reads an interface's status, and holds the instance that it names while in use against the expected one. */
    private String status(String eni, String instance) throws Exception {
        var request = new DescribeNetworkInterfacesRequest();
        request.setNetworkInterfaceIds(List.of(eni));
        var reply = send(request);
        if (reply.getTotalCount() == 0) {
            return "gone";
        }
        var shown = reply.getNetworkInterfaceSets().get(0);
        Report.expect(!shown.getStatus().equals("InUse") || shown.getInstanceId().equals(instance),
                eni + " is in use by " + shown.getInstanceId());
        return shown.getStatus();
    }

    private String vpcStatus(String id) throws Exception {
        var request = new DescribeVpcsRequest();
        request.setVpcId(id);
        var reply = send(request);
        return reply.getTotalCount() == 0 ? "gone" : reply.getVpcs().get(0).getStatus();
    }

    private String vswitchStatus(String id) throws Exception {
        var request = new DescribeVSwitchesRequest();
        request.setVSwitchId(id);
        var reply = send(request);
        return reply.getTotalCount() == 0 ? "gone" : reply.getVSwitches().get(0).getStatus();
    }

    private String instanceStatus(String id) throws Exception {
        var request = new DescribeInstancesRequest();
        request.setInstanceIds("[\"" + id + "\"]");
        var reply = send(request);
        return reply.getTotalCount() == 0 ? "gone" : reply.getInstances().get(0).getStatus();
    }

    /**
     * Asks for XML in the two ways the SDK knows, of a typed request and of one put together by hand, and
     * is refused in XML.
     */
    private void readXml(Report report, String eni, String instance) throws Exception {
        var typed = new DescribeNetworkInterfacesRequest();
        typed.setSysAcceptFormat(FormatType.XML);
        typed.setNetworkInterfaceIds(List.of(eni));
        var shown = send(typed).getNetworkInterfaceSets();
        report.check("xml", shown.size() == 1 && shown.get(0).getInstanceId().equals(instance)
                        && shown.get(0).getPrivateIpSets().size() == 2
                        && Boolean.TRUE.equals(shown.get(0).getPrivateIpSets().get(0).getPrimary()),
                "typed: " + shown.size() + " shown");

        var common = new CommonRequest();
        if (endpoint == null) {
            common.setSysProduct("Ecs");
        } else {
            common.setSysDomain(endpoint);
        }
        common.setSysVersion("2014-05-26");
        common.setSysAction("DescribeNetworkInterfaceAttribute");
        common.setSysMethod(MethodType.POST);
        common.setSysProtocol(PROTOCOL);
        common.setSysAccept(FormatType.XML);
        common.putQueryParameter("NetworkInterfaceId", eni);
        String answer = client.getCommonResponse(common).getData();
        report.check("xml", answer.contains("<DescribeNetworkInterfaceAttributeResponse>")
                && answer.contains("<Status>InUse</Status>"), "common: " + answer.length() + " characters");

        var refused = new AttachNetworkInterfaceRequest();
        refused.setSysAcceptFormat(FormatType.XML);
        refused.setNetworkInterfaceId(Report.missing(eni));
        refused.setInstanceId(instance);
        report.refused("xml", "an unknown interface", () -> send(refused),
                AlibabaClassic::refusal, 0, "InvalidEniId.NotFound");
    }

    private void tidyUp(Place place) throws Exception {
        var deleteInstance = new DeleteInstanceRequest();
        deleteInstance.setInstanceId(place.instance());
        deleteInstance.setForce(true);
        send(deleteInstance);
        Report.await(() -> instanceStatus(place.instance()), "gone");
        var deleteGroup = new DeleteSecurityGroupRequest();
        deleteGroup.setSecurityGroupId(place.group());
        send(deleteGroup);
        for (String id : List.of(place.vswitch(), place.otherVSwitch())) {
            var deleteVSwitch = new DeleteVSwitchRequest();
            deleteVSwitch.setVSwitchId(id);
            send(deleteVSwitch);
            Report.await(() -> vswitchStatus(id), "gone");
        }
        var deleteVpc = new DeleteVpcRequest();
        deleteVpc.setVpcId(place.vpc());
        send(deleteVpc);
        Report.await(() -> vpcStatus(place.vpc()), "gone");
    }

    private <T extends AcsResponse> T send(AcsRequest<T> request) throws Exception {
        if (endpoint != null) {
            request.setSysEndpoint(endpoint);
        }
        request.setSysProtocol(PROTOCOL);
        return client.getAcsResponse(request);
    }

    /** The SDK does not tell the status. Without a request id it was the client that gave up, not the server. */
    private static Optional<Report.Refusal> refusal(Exception failure) {
        if (failure instanceof ClientException refused && refused.getRequestId() != null) {
            return Optional.of(
                    new Report.Refusal(0, refused.getErrCode(), refused.getErrMsg(), refused.getRequestId()));
        }
        return Optional.empty();
    }
}
