package duolect.clients;

import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.cvm.v20170312.CvmClient;
import com.tencentcloudapi.cvm.v20170312.models.DescribeInstancesRequest;
import com.tencentcloudapi.cvm.v20170312.models.Placement;
import com.tencentcloudapi.cvm.v20170312.models.RunInstancesRequest;
import com.tencentcloudapi.cvm.v20170312.models.TerminateInstancesRequest;
import com.tencentcloudapi.cvm.v20170312.models.VirtualPrivateCloud;
import com.tencentcloudapi.vpc.v20170312.VpcClient;
import com.tencentcloudapi.vpc.v20170312.models.AttachNetworkInterfaceRequest;
import com.tencentcloudapi.vpc.v20170312.models.CreateNetworkInterfaceRequest;
import com.tencentcloudapi.vpc.v20170312.models.CreateSecurityGroupRequest;
import com.tencentcloudapi.vpc.v20170312.models.CreateSubnetRequest;
import com.tencentcloudapi.vpc.v20170312.models.CreateVpcRequest;
import com.tencentcloudapi.vpc.v20170312.models.DeleteNetworkInterfaceRequest;
import com.tencentcloudapi.vpc.v20170312.models.DeleteSecurityGroupRequest;
import com.tencentcloudapi.vpc.v20170312.models.DeleteSubnetRequest;
import com.tencentcloudapi.vpc.v20170312.models.DeleteVpcRequest;
import com.tencentcloudapi.vpc.v20170312.models.DescribeNetworkInterfacesRequest;
import com.tencentcloudapi.vpc.v20170312.models.DescribeVpcTaskResultRequest;
import com.tencentcloudapi.vpc.v20170312.models.DescribeVpcsRequest;
import com.tencentcloudapi.vpc.v20170312.models.DescribeVpcsResponse;
import com.tencentcloudapi.vpc.v20170312.models.DetachNetworkInterfaceRequest;
import com.tencentcloudapi.vpc.v20170312.models.Filter;
import com.tencentcloudapi.vpc.v20170312.models.NetworkInterface;
import com.tencentcloudapi.vpc.v20170312.models.Tag;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Uses Tencent Cloud's SDK: TC3 signatures by POST and GET, and the older HmacSHA256 and HmacSHA1. */
final class Tencent {
    private static final String REGION = "ap-guangzhou";
    private static final String ZONE = "ap-guangzhou-3";
    private static final String OTHER_ZONE = "ap-guangzhou-4";

    private final VpcClient vpc;
    private final CvmClient cvm;

    private Tencent(String secret, String signMethod, String verb) {
        HttpProfile http = new HttpProfile();
        if (Report.endpoint() != null) {
            http.setProtocol(Report.scheme() + "://");
            http.setEndpoint(Report.endpoint());
        }
        http.setReqMethod(verb);
        ClientProfile profile = new ClientProfile(signMethod, http);
        Credential credential = new Credential(Report.env("DUOLECT_KEY"), secret);
        vpc = new VpcClient(credential, REGION, profile);
        cvm = new CvmClient(credential, REGION, profile);
    }

    private Tencent(String secret) {
        this(secret, ClientProfile.SIGN_TC3_256, HttpProfile.REQ_POST);
    }

    public static void main(String[] arguments) {
        Report.run("com.tencentcloudapi", "tencentcloud-sdk-java-vpc", report -> {
            String secret = Report.env("DUOLECT_SECRET");
            for (String method
                    : List.of(ClientProfile.SIGN_TC3_256, ClientProfile.SIGN_SHA256, ClientProfile.SIGN_SHA1)) {
                for (String verb : List.of(HttpProfile.REQ_POST, HttpProfile.REQ_GET)) {
                    long found = new Tencent(secret, method, verb).describeNone().getTotalCount();
                    report.check("sign", found == 0, method + ", " + verb);
                }
            }
            report.refused("sign", "a wrong secret", new Tencent(secret + "-not")::describeNone,
                    Tencent::refusal, 0, "AuthFailure.SignatureFailure");
            new Tencent(secret).scenario(report);
        });
    }

    /** Where the interfaces live. */
    private record Place(String vpc, String subnet, String otherSubnet, String group, String instance) {}

    /** An interface under creation, and the task that creates it. */
    private record Created(String eni, String task) {}

    private void scenario(Report report) throws Exception {
        Place place = prepare();
        Created created = createInterface(place.vpc(), place.subnet(), place.group());
        String eni = created.eni();
        Report.await(() -> task(created.task()), "SUCCESS");
        Created other = createInterface(place.vpc(), place.otherSubnet(), place.group());
        Report.await(() -> task(other.task()), "SUCCESS");

        report.refused("error", "an unknown interface", () -> attach(Report.missing(eni), place.instance()),
                Tencent::refusal, 0, "ResourceNotFound");
        report.refused("error", "another zone", () -> attach(other.eni(), place.instance()),
                Tencent::refusal, 0, "UnsupportedOperation.ZoneMismatch");
        report.refused("error", "no instance", () -> attach(eni, null),
                Tencent::refusal, 0, "MissingParameter");

        String attaching = attach(eni, place.instance());
        report.polled("attach", () -> task(attaching), "RUNNING", "SUCCESS");
        expect(eni, "AVAILABLE", place.instance());

        var detach = new DetachNetworkInterfaceRequest();
        detach.setNetworkInterfaceId(eni);
        detach.setInstanceId(place.instance());
        String detaching = vpc.DetachNetworkInterface(detach).getRequestId();
        report.polled("detach", () -> task(detaching), "RUNNING", "SUCCESS");
        expect(eni, "AVAILABLE", null);

        for (String id : List.of(eni, other.eni())) {
            var delete = new DeleteNetworkInterfaceRequest();
            delete.setNetworkInterfaceId(id);
            vpc.DeleteNetworkInterface(delete);
            Report.await(() -> find(id).map(NetworkInterface::getState).orElse("gone"), "gone");
        }
        tidyUp(place);
        report.check("success", true, eni + " lived in " + place.vpc() + " and is gone");
    }

    /**
     * Creates a VPC with a subnet in each of two zones, a security group, and an instance in the first zone
     * that runs.
     */
    private Place prepare() throws Exception {
        var createVpc = new CreateVpcRequest();
        createVpc.setVpcName("java 中文 +&=*~'");
        createVpc.setCidrBlock("10.0.0.0/16");
        String vpcId = vpc.CreateVpc(createVpc).getVpc().getVpcId();
        String subnet = createSubnet(vpcId, ZONE, "10.0.1.0/24");
        String otherSubnet = createSubnet(vpcId, OTHER_ZONE, "10.0.2.0/24");

        var createGroup = new CreateSecurityGroupRequest();
        createGroup.setGroupName("java");
        createGroup.setGroupDescription("for the Java SDK");
        String group = vpc.CreateSecurityGroup(createGroup).getSecurityGroup().getSecurityGroupId();

        var placement = new Placement();
        placement.setZone(ZONE);
        var network = new VirtualPrivateCloud();
        network.setVpcId(vpcId);
        network.setSubnetId(subnet);
        var run = new RunInstancesRequest();
        run.setPlacement(placement);
        run.setInstanceType("S5.MEDIUM4");
        run.setImageId("img-eb30mz89");
        run.setVirtualPrivateCloud(network);
        run.setSecurityGroupIds(new String[] {group});
        String[] ids = cvm.RunInstances(run).getInstanceIdSet();
        Report.expect(ids.length == 1, "RunInstances named " + ids.length + " instances");
        Report.await(() -> instanceState(ids[0]), "RUNNING");
        return new Place(vpcId, subnet, otherSubnet, group, ids[0]);
    }

    private String createSubnet(String vpcId, String zone, String block) throws Exception {
        var request = new CreateSubnetRequest();
        request.setVpcId(vpcId);
        request.setSubnetName("java");
        request.setZone(zone);
        request.setCidrBlock(block);
        return vpc.CreateSubnet(request).getSubnet().getSubnetId();
    }

    private Created createInterface(String vpcId, String subnet, String group) throws Exception {
        var tag = new Tag();
        tag.setKey("client");
        tag.setValue("java");
        var request = new CreateNetworkInterfaceRequest();
        request.setVpcId(vpcId);
        request.setSubnetId(subnet);
        request.setNetworkInterfaceName("java");
        request.setSecurityGroupIds(new String[] {group});
        request.setSecondaryPrivateIpAddressCount(1L);
        request.setTags(new Tag[] {tag});
        var reply = vpc.CreateNetworkInterface(request);
        Report.expect(reply.getNetworkInterface().getPrivateIpAddressSet().length == 2,
                "created with another number of addresses");
        return new Created(reply.getNetworkInterface().getNetworkInterfaceId(), reply.getRequestId());
    }

    /** Returns the id of the task that attaches. */
    private String attach(String eni, String instance) throws Exception {
        var request = new AttachNetworkInterfaceRequest();
        request.setNetworkInterfaceId(eni);
        request.setInstanceId(instance);
        return vpc.AttachNetworkInterface(request).getRequestId();
    }

    private String task(String id) throws Exception {
        var request = new DescribeVpcTaskResultRequest();
        request.setTaskId(id);
        return vpc.DescribeVpcTaskResult(request).getStatus();
    }

    private DescribeVpcsResponse describeNone() throws Exception {
        var request = new DescribeVpcsRequest();
        request.setFilters(new Filter[] {filter("vpc-name", "none 中文 +&=*~'")});
        return vpc.DescribeVpcs(request);
    }

    private Optional<NetworkInterface> find(String eni) throws Exception {
        var request = new DescribeNetworkInterfacesRequest();
        request.setFilters(new Filter[] {filter("network-interface-id", eni)});
        var reply = vpc.DescribeNetworkInterfaces(request);
        return reply.getTotalCount() == 0 ? Optional.empty() : Optional.of(reply.getNetworkInterfaceSet()[0]);
    }

    private static Filter filter(String name, String value) {
        var filter = new Filter();
        filter.setName(name);
        filter.setValues(new String[] {value});
        return filter;
    }

    /** Fails where an interface is in another state, or attached to something else; null means to nothing. */
    private void expect(String eni, String state, String instance) throws Exception {
        NetworkInterface shown = find(eni).orElseThrow();
        Report.expect(shown.getState().equals(state), eni + " is " + shown.getState());
        String holder = shown.getAttachment() == null ? null : shown.getAttachment().getInstanceId();
        Report.expect(Objects.equals(holder, instance), eni + " is attached to " + holder);
    }

    private String instanceState(String id) throws Exception {
        var request = new DescribeInstancesRequest();
        request.setInstanceIds(new String[] {id});
        var reply = cvm.DescribeInstances(request);
        return reply.getTotalCount() == 0 ? "gone" : reply.getInstanceSet()[0].getInstanceState();
    }

    private void tidyUp(Place place) throws Exception {
        var terminate = new TerminateInstancesRequest();
        terminate.setInstanceIds(new String[] {place.instance()});
        cvm.TerminateInstances(terminate);
        Report.await(() -> instanceState(place.instance()), "gone");
        var deleteGroup = new DeleteSecurityGroupRequest();
        deleteGroup.setSecurityGroupId(place.group());
        vpc.DeleteSecurityGroup(deleteGroup);
        for (String id : List.of(place.subnet(), place.otherSubnet())) {
            var deleteSubnet = new DeleteSubnetRequest();
            deleteSubnet.setSubnetId(id);
            vpc.DeleteSubnet(deleteSubnet);
        }
        var deleteVpc = new DeleteVpcRequest();
        deleteVpc.setVpcId(place.vpc());
        vpc.DeleteVpc(deleteVpc);
    }

    private static Optional<Report.Refusal> refusal(Exception failure) {
        if (failure instanceof TencentCloudSDKException refused) {
            return Optional.of(
                    new Report.Refusal(0, refused.getErrorCode(), refused.getMessage(), refused.getRequestId()));
        }
        return Optional.empty();
    }
}
