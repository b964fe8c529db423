// Command tencent uses Tencent Cloud's SDK: TC3 signatures by POST and GET, and the older HmacSHA256.
package main

import (
	"errors"
	"fmt"
	"os"

	"duolect/clients/report"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	sdkerrors "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/errors"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	cvm "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm/v20170312"
	vpc "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
)

const (
	module    = "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc"
	region    = "ap-guangzhou"
	zone      = "ap-guangzhou-3"
	otherZone = "ap-guangzhou-4"
)

func main() {
	report.Run(module, func(r *report.Report) error {
		endpoint := os.Getenv("DUOLECT_ENDPOINT") // without it the SDK knows, and finds it by a proxy
		key, secret := report.Env("DUOLECT_KEY"), report.Env("DUOLECT_SECRET")
		if err := sign(r, endpoint, key, secret); err != nil {
			return err
		}
		c, err := connect(endpoint, key, secret, "TC3-HMAC-SHA256", "POST")
		if err != nil {
			return err
		}
		return scenario(r, c)
	})
}

// cloud holds one account's clients of both products.
type cloud struct {
	vpc *vpc.Client
	cvm *cvm.Client
}

func connect(endpoint, key, secret, method, verb string) (*cloud, error) {
	settings := profile.NewClientProfile()
	settings.SignMethod = method
	if endpoint != "" {
		settings.HttpProfile.Endpoint, settings.HttpProfile.Scheme = endpoint, report.Scheme()
	}
	settings.HttpProfile.ReqMethod = verb
	credential := common.NewCredential(key, secret)
	vpcClient, err := vpc.NewClient(credential, region, settings)
	if err != nil {
		return nil, err
	}
	cvmClient, err := cvm.NewClient(credential, region, settings)
	return &cloud{vpcClient, cvmClient}, err
}

// sign calls in each way in which the SDK signs, and with a wrong secret.
func sign(r *report.Report, endpoint, key, secret string) error {
	for _, way := range []struct{ method, verb string }{
		{"TC3-HMAC-SHA256", "POST"}, {"TC3-HMAC-SHA256", "GET"},
		{"HmacSHA256", "POST"}, {"HmacSHA256", "GET"}, {"HmacSHA1", "GET"},
	} {
		c, err := connect(endpoint, key, secret, way.method, way.verb)
		if err != nil {
			return err
		}
		request := vpc.NewDescribeVpcsRequest()
		request.Filters = []*vpc.Filter{{
			Name: common.StringPtr("vpc-name"), Values: common.StringPtrs([]string{"none 中文 +&=*~'"}),
		}}
		reply, err := c.vpc.DescribeVpcs(request)
		what := way.method + ", " + way.verb
		if err != nil {
			what += ": " + err.Error()
		}
		r.Check("sign", err == nil && *reply.Response.TotalCount == 0, what)
	}
	stranger, err := connect(endpoint, key, secret+"-not", "TC3-HMAC-SHA256", "POST")
	if err != nil {
		return err
	}
	_, err = stranger.vpc.DescribeVpcs(vpc.NewDescribeVpcsRequest())
	r.Distrusted(err, refusal, "AuthFailure.SignatureFailure", 0)
	return nil
}

// place is where the interfaces live.
type place struct {
	vpc, subnet, otherSubnet, group, instance *string
}

func scenario(r *report.Report, c *cloud) error {
	p, err := c.prepare()
	if err != nil {
		return err
	}
	eni, task, err := c.createInterface(p.vpc, p.subnet, p.group)
	if err != nil {
		return err
	}
	if err := report.Wait(c.task(task), "SUCCESS"); err != nil {
		return err
	}
	otherENI, task, err := c.createInterface(p.vpc, p.otherSubnet, p.group)
	if err != nil {
		return err
	}
	if err := report.Wait(c.task(task), "SUCCESS"); err != nil {
		return err
	}

	_, err = c.attach(common.StringPtr(report.Missing(*eni)), p.instance)
	r.Refused("an unknown interface", err, refusal, "ResourceNotFound", 0)
	_, err = c.attach(otherENI, p.instance)
	r.Refused("another zone", err, refusal, "UnsupportedOperation.ZoneMismatch", 0)
	_, err = c.attach(eni, nil)
	r.Refused("no instance", err, refusal, "MissingParameter", 0)

	if task, err = c.attach(eni, p.instance); err != nil {
		return err
	}
	if err := r.Polled("attach", c.task(task), "RUNNING", "SUCCESS"); err != nil {
		return err
	}
	if err := c.expect(eni, "AVAILABLE", p.instance); err != nil {
		return err
	}

	detach := vpc.NewDetachNetworkInterfaceRequest()
	detach.NetworkInterfaceId, detach.InstanceId = eni, p.instance
	detached, err := c.vpc.DetachNetworkInterface(detach)
	if err != nil {
		return err
	}
	if err := r.Polled("detach", c.task(detached.Response.RequestId), "RUNNING", "SUCCESS"); err != nil {
		return err
	}
	if err := c.expect(eni, "AVAILABLE", nil); err != nil {
		return err
	}

	for _, id := range []*string{eni, otherENI} {
		request := vpc.NewDeleteNetworkInterfaceRequest()
		request.NetworkInterfaceId = id
		if _, err := c.vpc.DeleteNetworkInterface(request); err != nil {
			return err
		}
		if err := report.Wait(c.state(id), "gone"); err != nil {
			return err
		}
	}
	if err := c.tidyUp(p); err != nil {
		return err
	}
	r.Check("success", true, fmt.Sprintf("%s lived in %s and is gone", *eni, *p.vpc))
	return nil
}

// prepare creates a VPC with a subnet in each of two zones, a security group, and an instance in the
// first zone that runs.
func (c *cloud) prepare() (p place, err error) {
	createVPC := vpc.NewCreateVpcRequest()
	createVPC.VpcName = common.StringPtr("go 中文 +&=*~'")
	createVPC.CidrBlock = common.StringPtr("10.0.0.0/16")
	created, err := c.vpc.CreateVpc(createVPC)
	if err != nil {
		return p, err
	}
	p.vpc = created.Response.Vpc.VpcId
	if p.subnet, err = c.createSubnet(p.vpc, zone, "10.0.1.0/24"); err != nil {
		return p, err
	}
	if p.otherSubnet, err = c.createSubnet(p.vpc, otherZone, "10.0.2.0/24"); err != nil {
		return p, err
	}

	createGroup := vpc.NewCreateSecurityGroupRequest()
	createGroup.GroupName = common.StringPtr("go")
	createGroup.GroupDescription = common.StringPtr("for the Go SDK")
	group, err := c.vpc.CreateSecurityGroup(createGroup)
	if err != nil {
		return p, err
	}
	p.group = group.Response.SecurityGroup.SecurityGroupId

	run := cvm.NewRunInstancesRequest()
	run.Placement = &cvm.Placement{Zone: common.StringPtr(zone)}
	run.InstanceType = common.StringPtr("S5.MEDIUM4")
	run.ImageId = common.StringPtr("img-eb30mz89")
	run.VirtualPrivateCloud = &cvm.VirtualPrivateCloud{VpcId: p.vpc, SubnetId: p.subnet}
	run.SecurityGroupIds = []*string{p.group}
	ran, err := c.cvm.RunInstances(run)
	if err != nil {
		return p, err
	}
	if count := len(ran.Response.InstanceIdSet); count != 1 {
		return p, fmt.Errorf("RunInstances named %d instances", count)
	}
	p.instance = ran.Response.InstanceIdSet[0]
	return p, report.Wait(c.instanceState(p.instance), "RUNNING")
}

func (c *cloud) createSubnet(vpcID *string, zoneID, block string) (*string, error) {
	request := vpc.NewCreateSubnetRequest()
	request.VpcId = vpcID
	request.SubnetName = common.StringPtr("go")
	request.Zone, request.CidrBlock = common.StringPtr(zoneID), common.StringPtr(block)
	created, err := c.vpc.CreateSubnet(request)
	if err != nil {
		return nil, err
	}
	return created.Response.Subnet.SubnetId, nil
}

// createInterface returns the interface's id and the id of the task that creates it.
func (c *cloud) createInterface(vpcID, subnet, group *string) (id, task *string, err error) {
	request := vpc.NewCreateNetworkInterfaceRequest()
	request.VpcId, request.SubnetId = vpcID, subnet
	request.NetworkInterfaceName = common.StringPtr("go")
	request.SecurityGroupIds = []*string{group}
	request.SecondaryPrivateIpAddressCount = common.Uint64Ptr(1)
	request.Tags = []*vpc.Tag{{Key: common.StringPtr("client"), Value: common.StringPtr("go")}}
	created, err := c.vpc.CreateNetworkInterface(request)
	if err != nil {
		return nil, nil, err
	}
	id = created.Response.NetworkInterface.NetworkInterfaceId
	if addresses := len(created.Response.NetworkInterface.PrivateIpAddressSet); addresses != 2 {
		return nil, nil, fmt.Errorf("%s was created with %d addresses", *id, addresses)
	}
	return id, created.Response.RequestId, nil
}

// attach returns the id of the task that attaches.
func (c *cloud) attach(eni, instance *string) (*string, error) {
	request := vpc.NewAttachNetworkInterfaceRequest()
	request.NetworkInterfaceId, request.InstanceId = eni, instance
	reply, err := c.vpc.AttachNetworkInterface(request)
	if err != nil {
		return nil, err
	}
	return reply.Response.RequestId, nil
}

func (c *cloud) task(id *string) func() (string, error) {
	return func() (string, error) {
		request := vpc.NewDescribeVpcTaskResultRequest()
		request.TaskId = id
		reply, err := c.vpc.DescribeVpcTaskResult(request)
		if err != nil {
			return "", err
		}
		return *reply.Response.Status, nil
	}
}

// find returns nil where there is no such interface.
func (c *cloud) find(eni *string) (*vpc.NetworkInterface, error) {
	request := vpc.NewDescribeNetworkInterfacesRequest()
	request.Filters = []*vpc.Filter{{Name: common.StringPtr("network-interface-id"), Values: []*string{eni}}}
	reply, err := c.vpc.DescribeNetworkInterfaces(request)
	if err != nil || *reply.Response.TotalCount == 0 {
		return nil, err
	}
	return reply.Response.NetworkInterfaceSet[0], nil
}

func (c *cloud) state(eni *string) func() (string, error) {
	return func() (string, error) {
		shown, err := c.find(eni)
		if err != nil {
			return "", err
		}
		if shown == nil {
			return "gone", nil
		}
		return *shown.State, nil
	}
}

// expect returns an error where an interface is in another state, or attached to something else. A nil
// instance means that it is attached to nothing.
func (c *cloud) expect(eni *string, state string, instance *string) error {
	shown, err := c.find(eni)
	if err != nil {
		return err
	}
	if shown == nil || *shown.State != state {
		return fmt.Errorf("%s is not %s", *eni, state)
	}
	if shown.Attachment == nil {
		if instance != nil {
			return fmt.Errorf("%s is not attached", *eni)
		}
		return nil
	}
	if instance == nil || *shown.Attachment.InstanceId != *instance {
		return fmt.Errorf("%s is attached to %s", *eni, *shown.Attachment.InstanceId)
	}
	return nil
}

func (c *cloud) instanceState(id *string) func() (string, error) {
	return func() (string, error) {
		request := cvm.NewDescribeInstancesRequest()
		request.InstanceIds = []*string{id}
		reply, err := c.cvm.DescribeInstances(request)
		if err != nil {
			return "", err
		}
		if *reply.Response.TotalCount == 0 {
			return "gone", nil
		}
		return *reply.Response.InstanceSet[0].InstanceState, nil
	}
}

func (c *cloud) tidyUp(p place) error {
	terminate := cvm.NewTerminateInstancesRequest()
	terminate.InstanceIds = []*string{p.instance}
	if _, err := c.cvm.TerminateInstances(terminate); err != nil {
		return err
	}
	if err := report.Wait(c.instanceState(p.instance), "gone"); err != nil {
		return err
	}
	deleteGroup := vpc.NewDeleteSecurityGroupRequest()
	deleteGroup.SecurityGroupId = p.group
	if _, err := c.vpc.DeleteSecurityGroup(deleteGroup); err != nil {
		return err
	}
	for _, id := range []*string{p.subnet, p.otherSubnet} {
		request := vpc.NewDeleteSubnetRequest()
		request.SubnetId = id
		if _, err := c.vpc.DeleteSubnet(request); err != nil {
			return err
		}
	}
	deleteVPC := vpc.NewDeleteVpcRequest()
	deleteVPC.VpcId = p.vpc
	_, err := c.vpc.DeleteVpc(deleteVPC)
	return err
}

func refusal(err error) (report.Refusal, bool) {
	var refused *sdkerrors.TencentCloudSDKError
	if !errors.As(err, &refused) {
		return report.Refusal{}, false
	}
	return report.Refusal{Code: refused.Code, Message: refused.Message, RequestID: refused.RequestId}, true
}
