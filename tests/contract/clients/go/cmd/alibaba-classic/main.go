// Command alibaba-classic uses Alibaba Cloud's classic SDK: RPC signatures of version 1, JSON and XML.
package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"os"

	"duolect/clients/report"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
)

const (
	module    = "github.com/aliyun/alibaba-cloud-sdk-go"
	region    = "cn-hangzhou"
	zone      = "cn-hangzhou-h"
	otherZone = "cn-hangzhou-i"
)

func main() {
	report.Run(module, func(r *report.Report) error {
		endpoint := os.Getenv("DUOLECT_ENDPOINT") // without it the SDK knows, and finds it by a proxy
		key, secret := report.Env("DUOLECT_KEY"), report.Env("DUOLECT_SECRET")
		c, err := connect(endpoint, key, secret)
		if err != nil {
			return err
		}
		stranger, err := connect(endpoint, key, secret+"-not")
		if err != nil {
			return err
		}
		return scenario(r, c, stranger)
	})
}

// cloud holds one account's clients of both products.
type cloud struct {
	ecs *ecs.Client
	vpc *vpc.Client
}

func connect(endpoint, key, secret string) (*cloud, error) {
	config := sdk.NewConfig().WithScheme(report.Scheme()) // the SDK's own choice is http
	credential := credentials.NewAccessKeyCredential(key, secret)
	ecsClient, err := ecs.NewClientWithOptions(region, config, credential)
	if err != nil {
		return nil, err
	}
	vpcClient, err := vpc.NewClientWithOptions(region, config, credential)
	if err != nil {
		return nil, err
	}
	if endpoint != "" {
		ecsClient.Domain, vpcClient.Domain = endpoint, endpoint
	}
	return &cloud{ecsClient, vpcClient}, nil
}

// place is where the interfaces live.
type place struct {
	vpc, vswitch, otherVSwitch, group, instance string
}

func scenario(r *report.Report, c, stranger *cloud) error {
	_, err := stranger.ecs.DescribeNetworkInterfaces(ecs.CreateDescribeNetworkInterfacesRequest())
	r.Distrusted(err, refusal, "SignatureDoesNotMatch", 400)

	p, err := c.prepare(r)
	if err != nil {
		return err
	}
	eni, err := c.createInterface(p.vswitch, p.group)
	if err != nil {
		return err
	}
	otherENI, err := c.createInterface(p.otherVSwitch, p.group)
	if err != nil {
		return err
	}

	r.Refused("an unknown interface", c.attach(report.Missing(eni), p.instance), refusal, "InvalidEniId.NotFound", 404)
	r.Refused("another zone", c.attach(otherENI, p.instance), refusal, "InvalidOperation.AvailabilityZoneMismatch", 403)
	r.Refused("no instance", c.attach(eni, ""), refusal, "MissingParameter", 400)

	if err := c.attach(eni, p.instance); err != nil {
		return err
	}
	if err := r.Polled("attach", c.status(eni, p.instance), "Attaching", "InUse"); err != nil {
		return err
	}
	if err := c.readXML(r, eni, p.instance); err != nil {
		return err
	}

	detach := ecs.CreateDetachNetworkInterfaceRequest()
	detach.NetworkInterfaceId, detach.InstanceId = eni, p.instance
	if _, err := c.ecs.DetachNetworkInterface(detach); err != nil {
		return err
	}
	if err := r.Polled("detach", c.status(eni, ""), "Detaching", "Available"); err != nil {
		return err
	}
	for _, id := range []string{eni, otherENI} {
		request := ecs.CreateDeleteNetworkInterfaceRequest()
		request.NetworkInterfaceId = id
		if _, err := c.ecs.DeleteNetworkInterface(request); err != nil {
			return err
		}
		if err := report.Wait(c.status(id, ""), "gone"); err != nil {
			return err
		}
	}
	if err := c.tidyUp(p); err != nil {
		return err
	}
	r.Check("success", true, fmt.Sprintf("%s lived in %s and is gone", eni, p.vpc))
	return nil
}

// prepare creates a VPC with a vSwitch in each of two zones, a security group, and an instance in the
// first zone that runs.
func (c *cloud) prepare(r *report.Report) (p place, err error) {
	createVPC := vpc.CreateCreateVpcRequest()
	createVPC.CidrBlock = "10.0.0.0/16"
	createVPC.VpcName = "go classic 中文 +&=*~'"
	created, err := c.vpc.CreateVpc(createVPC)
	if err != nil {
		return p, err
	}
	p.vpc = created.VpcId
	r.Check("sign", true, "HMAC-SHA1, version 1.0")
	if err := report.Wait(c.vpcStatus(p.vpc), "Available"); err != nil {
		return p, err
	}

	if p.vswitch, err = c.createVSwitch(p.vpc, zone, "10.0.1.0/24"); err != nil {
		return p, err
	}
	if p.otherVSwitch, err = c.createVSwitch(p.vpc, otherZone, "10.0.2.0/24"); err != nil {
		return p, err
	}

	createGroup := ecs.CreateCreateSecurityGroupRequest()
	createGroup.VpcId = p.vpc
	group, err := c.ecs.CreateSecurityGroup(createGroup)
	if err != nil {
		return p, err
	}
	p.group = group.SecurityGroupId

	run := ecs.CreateRunInstancesRequest()
	run.ImageId = "aliyun_3_x64_20G_alibase_20240819.vhd"
	run.InstanceType = "ecs.g7.large"
	run.VSwitchId = p.vswitch
	run.SecurityGroupId = p.group
	run.Amount = requests.NewInteger(1)
	ran, err := c.ecs.RunInstances(run)
	if err != nil {
		return p, err
	}
	if count := len(ran.InstanceIdSets.InstanceIdSet); count != 1 {
		return p, fmt.Errorf("RunInstances named %d instances", count)
	}
	p.instance = ran.InstanceIdSets.InstanceIdSet[0]
	return p, report.Wait(c.instanceStatus(p.instance), "Running")
}

func (c *cloud) createVSwitch(vpcID, zoneID, block string) (string, error) {
	request := vpc.CreateCreateVSwitchRequest()
	request.VpcId, request.ZoneId, request.CidrBlock = vpcID, zoneID, block
	created, err := c.vpc.CreateVSwitch(request)
	if err != nil {
		return "", err
	}
	return created.VSwitchId, report.Wait(c.vswitchStatus(created.VSwitchId), "Available")
}

func (c *cloud) createInterface(vswitch, group string) (string, error) {
	request := ecs.CreateCreateNetworkInterfaceRequest()
	request.VSwitchId = vswitch
	request.SecurityGroupIds = &[]string{group}
	request.SecondaryPrivateIpAddressCount = requests.NewInteger(1)
	request.Tag = &[]ecs.CreateNetworkInterfaceTag{{Key: "client", Value: "go classic"}}
	created, err := c.ecs.CreateNetworkInterface(request)
	if err != nil {
		return "", err
	}
	id := created.NetworkInterfaceId
	if addresses := len(created.PrivateIpSets.PrivateIpSet); addresses != 2 {
		return id, fmt.Errorf("%s was created with %d addresses", id, addresses)
	}
	return id, report.Wait(c.status(id, ""), "Available")
}

func (c *cloud) attach(eni, instance string) error {
	request := ecs.CreateAttachNetworkInterfaceRequest()
	request.NetworkInterfaceId, request.InstanceId = eni, instance
	_, err := c.ecs.AttachNetworkInterface(request)
	return err
}

// status reads an interface's status, and holds the instance that an interface in use names against the
// expected one.
func (c *cloud) status(eni, instance string) func() (string, error) {
	return func() (string, error) {
		request := ecs.CreateDescribeNetworkInterfacesRequest()
		request.NetworkInterfaceId = &[]string{eni}
		reply, err := c.ecs.DescribeNetworkInterfaces(request)
		if err != nil {
			return "", err
		}
		if reply.TotalCount == 0 {
			return "gone", nil
		}
		shown := reply.NetworkInterfaceSets.NetworkInterfaceSet[0]
		if shown.Status == "InUse" && shown.InstanceId != instance {
			return "", fmt.Errorf("%s is in use by %q", eni, shown.InstanceId)
		}
		return shown.Status, nil
	}
}

func (c *cloud) vpcStatus(id string) func() (string, error) {
	return func() (string, error) {
		request := vpc.CreateDescribeVpcsRequest()
		request.VpcId = id
		reply, err := c.vpc.DescribeVpcs(request)
		if err != nil {
			return "", err
		}
		if reply.TotalCount == 0 {
			return "gone", nil
		}
		return reply.Vpcs.Vpc[0].Status, nil
	}
}

func (c *cloud) vswitchStatus(id string) func() (string, error) {
	return func() (string, error) {
		request := vpc.CreateDescribeVSwitchesRequest()
		request.VSwitchId = id
		reply, err := c.vpc.DescribeVSwitches(request)
		if err != nil {
			return "", err
		}
		if reply.TotalCount == 0 {
			return "gone", nil
		}
		return reply.VSwitches.VSwitch[0].Status, nil
	}
}

func (c *cloud) instanceStatus(id string) func() (string, error) {
	return func() (string, error) {
		request := ecs.CreateDescribeInstancesRequest()
		request.InstanceIds = fmt.Sprintf("[%q]", id)
		reply, err := c.ecs.DescribeInstances(request)
		if err != nil {
			return "", err
		}
		if reply.TotalCount == 0 {
			return "gone", nil
		}
		return reply.Instances.Instance[0].Status, nil
	}
}

// readXML asks for XML in the two ways the SDK knows: of a typed request, and of one put together by hand.
func (c *cloud) readXML(r *report.Report, eni, instance string) error {
	typed := ecs.CreateDescribeNetworkInterfacesRequest()
	typed.AcceptFormat = "XML"
	typed.NetworkInterfaceId = &[]string{eni}
	reply, err := c.ecs.DescribeNetworkInterfaces(typed)
	if err != nil {
		return err
	}
	shown := reply.NetworkInterfaceSets.NetworkInterfaceSet
	r.Check("xml", len(shown) == 1 && shown[0].InstanceId == instance && len(shown[0].PrivateIpSets.PrivateIpSet) == 2,
		fmt.Sprintf("typed: %d of %d", len(shown), reply.TotalCount))

	common := requests.NewCommonRequest()
	if common.Domain = c.ecs.Domain; common.Domain == "" {
		common.Product, common.RegionId = "ecs", region
	}
	common.Version, common.ApiName = "2014-05-26", "DescribeNetworkInterfaceAttribute"
	common.Scheme, common.Method = report.Scheme(), "POST"
	common.AcceptFormat = "XML"
	common.QueryParams["RegionId"] = region
	common.QueryParams["NetworkInterfaceId"] = eni
	raw, err := c.ecs.ProcessCommonRequest(common)
	if err != nil {
		return err
	}
	var parsed struct {
		XMLName xml.Name
		Status  string
	}
	err = xml.Unmarshal(raw.GetHttpContentBytes(), &parsed)
	r.Check("xml", err == nil && parsed.XMLName.Local == "DescribeNetworkInterfaceAttributeResponse" && parsed.Status == "InUse",
		fmt.Sprintf("common: <%s> %s", parsed.XMLName.Local, parsed.Status))
	return nil
}

func (c *cloud) tidyUp(p place) error {
	deleteInstance := ecs.CreateDeleteInstanceRequest()
	deleteInstance.InstanceId, deleteInstance.Force = p.instance, requests.NewBoolean(true)
	if _, err := c.ecs.DeleteInstance(deleteInstance); err != nil {
		return err
	}
	if err := report.Wait(c.instanceStatus(p.instance), "gone"); err != nil {
		return err
	}
	deleteGroup := ecs.CreateDeleteSecurityGroupRequest()
	deleteGroup.SecurityGroupId = p.group
	if _, err := c.ecs.DeleteSecurityGroup(deleteGroup); err != nil {
		return err
	}
	for _, id := range []string{p.vswitch, p.otherVSwitch} {
		request := vpc.CreateDeleteVSwitchRequest()
		request.VSwitchId = id
		if _, err := c.vpc.DeleteVSwitch(request); err != nil {
			return err
		}
		if err := report.Wait(c.vswitchStatus(id), "gone"); err != nil {
			return err
		}
	}
	deleteVPC := vpc.CreateDeleteVpcRequest()
	deleteVPC.VpcId = p.vpc
	if _, err := c.vpc.DeleteVpc(deleteVPC); err != nil {
		return err
	}
	return report.Wait(c.vpcStatus(p.vpc), "gone")
}

func refusal(err error) (report.Refusal, bool) {
	var refused *sdkerrors.ServerError
	if !errors.As(err, &refused) {
		return report.Refusal{}, false
	}
	return report.Refusal{
		Code:      refused.ErrorCode(),
		Message:   refused.Message(),
		RequestID: refused.RequestId(),
		Status:    refused.HttpStatus(),
	}, true
}
