// Command alibaba uses Alibaba Cloud's current SDK: ACS3 signatures, and pointers for everything.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"duolect/clients/report"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	ecs "github.com/alibabacloud-go/ecs-20140526/v7/client"
	"github.com/alibabacloud-go/tea/tea"
	vpc "github.com/alibabacloud-go/vpc-20160428/v6/client"
)

const (
	module    = "github.com/alibabacloud-go/ecs-20140526/v7"
	region    = "cn-hangzhou"
	zone      = "cn-hangzhou-h"
	otherZone = "cn-hangzhou-i"
)

func main() {
	report.Run(module, func(r *report.Report) error {
		endpoint := os.Getenv("DUOLECT_ENDPOINT") // without it the SDK knows, and finds it by a proxy
		key, secret := report.Env("DUOLECT_KEY"), report.Env("DUOLECT_SECRET")
		c, err := connect(endpoint, key, secret, nil)
		if err != nil {
			return err
		}
		stranger, err := connect(endpoint, key, secret+"-not", nil)
		if err != nil {
			return err
		}
		older, err := connect(endpoint, key, secret, tea.String("v2"))
		if err != nil {
			return err
		}
		return scenario(r, c, stranger, older)
	})
}

// cloud holds one account's clients of both products.
type cloud struct {
	ecs *ecs.Client
	vpc *vpc.Client
}

// connect takes nil for the SDK's own signature algorithm; "v2" means RPC signatures of version 1.
func connect(endpoint, key, secret string, algorithm *string) (*cloud, error) {
	config := &openapi.Config{
		AccessKeyId:        tea.String(key),
		AccessKeySecret:    tea.String(secret),
		RegionId:           tea.String(region),
		SignatureAlgorithm: algorithm,
	}
	if endpoint != "" {
		config.Endpoint, config.Protocol = tea.String(endpoint), tea.String(report.Scheme())
	}
	ecsClient, err := ecs.NewClient(config)
	if err != nil {
		return nil, err
	}
	vpcClient, err := vpc.NewClient(config)
	return &cloud{ecsClient, vpcClient}, err
}

// place is where the interfaces live.
type place struct {
	vpc, vswitch, otherVSwitch, group, instance *string
}

func scenario(r *report.Report, c, stranger, older *cloud) error {
	describe := &ecs.DescribeNetworkInterfacesRequest{RegionId: tea.String(region)}
	_, err := stranger.ecs.DescribeNetworkInterfaces(describe)
	r.Distrusted(err, refusal, "SignatureDoesNotMatch", 400)
	if _, err := older.ecs.DescribeNetworkInterfaces(describe); err != nil {
		return err
	}
	r.Check("sign", true, "HMAC-SHA1, version 1.0")

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

	missing := tea.String(report.Missing(*eni))
	r.Refused("an unknown interface", c.attach(missing, p.instance), refusal, "InvalidEniId.NotFound", 404)
	r.Refused("another zone", c.attach(otherENI, p.instance), refusal, "InvalidOperation.AvailabilityZoneMismatch", 403)
	r.Refused("no instance", c.attach(eni, nil), refusal, "MissingParameter", 400)

	if err := c.attach(eni, p.instance); err != nil {
		return err
	}
	if err := r.Polled("attach", c.status(eni, p.instance), "Attaching", "InUse"); err != nil {
		return err
	}
	if _, err := c.ecs.DetachNetworkInterface(&ecs.DetachNetworkInterfaceRequest{
		RegionId: tea.String(region), NetworkInterfaceId: eni, InstanceId: p.instance,
	}); err != nil {
		return err
	}
	if err := r.Polled("detach", c.status(eni, nil), "Detaching", "Available"); err != nil {
		return err
	}
	for _, id := range []*string{eni, otherENI} {
		if _, err := c.ecs.DeleteNetworkInterface(&ecs.DeleteNetworkInterfaceRequest{
			RegionId: tea.String(region), NetworkInterfaceId: id,
		}); err != nil {
			return err
		}
		if err := report.Wait(c.status(id, nil), "gone"); err != nil {
			return err
		}
	}
	if err := c.tidyUp(p); err != nil {
		return err
	}
	r.Check("success", true, fmt.Sprintf("%s lived in %s and is gone", *eni, *p.vpc))
	return nil
}

// prepare creates a VPC with a vSwitch in each of two zones, a security group, and an instance in the
// first zone that runs.
func (c *cloud) prepare(r *report.Report) (p place, err error) {
	created, err := c.vpc.CreateVpc(&vpc.CreateVpcRequest{
		RegionId: tea.String(region), CidrBlock: tea.String("10.0.0.0/16"), VpcName: tea.String("go 中文 +&=*~'"),
	})
	if err != nil {
		return p, err
	}
	p.vpc = created.Body.VpcId
	r.Check("sign", true, "ACS3-HMAC-SHA256")
	if err := report.Wait(c.vpcStatus(p.vpc), "Available"); err != nil {
		return p, err
	}
	if p.vswitch, err = c.createVSwitch(p.vpc, zone, "10.0.1.0/24"); err != nil {
		return p, err
	}
	if p.otherVSwitch, err = c.createVSwitch(p.vpc, otherZone, "10.0.2.0/24"); err != nil {
		return p, err
	}
	group, err := c.ecs.CreateSecurityGroup(&ecs.CreateSecurityGroupRequest{
		RegionId: tea.String(region), VpcId: p.vpc,
	})
	if err != nil {
		return p, err
	}
	p.group = group.Body.SecurityGroupId
	ran, err := c.ecs.RunInstances(&ecs.RunInstancesRequest{
		RegionId:        tea.String(region),
		ImageId:         tea.String("aliyun_3_x64_20G_alibase_20240819.vhd"),
		InstanceType:    tea.String("ecs.g7.large"),
		VSwitchId:       p.vswitch,
		SecurityGroupId: p.group,
		Amount:          tea.Int32(1),
	})
	if err != nil {
		return p, err
	}
	ids := ran.Body.GetInstanceIdSets().GetInstanceIdSet()
	if len(ids) != 1 {
		return p, fmt.Errorf("RunInstances named %d instances", len(ids))
	}
	p.instance = ids[0]
	return p, report.Wait(c.instanceStatus(p.instance), "Running")
}

func (c *cloud) createVSwitch(vpcID *string, zoneID, block string) (*string, error) {
	created, err := c.vpc.CreateVSwitch(&vpc.CreateVSwitchRequest{
		RegionId: tea.String(region), VpcId: vpcID, ZoneId: tea.String(zoneID), CidrBlock: tea.String(block),
	})
	if err != nil {
		return nil, err
	}
	return created.Body.VSwitchId, report.Wait(c.vswitchStatus(created.Body.VSwitchId), "Available")
}

func (c *cloud) createInterface(vswitch, group *string) (*string, error) {
	created, err := c.ecs.CreateNetworkInterface(&ecs.CreateNetworkInterfaceRequest{
		RegionId:                       tea.String(region),
		VSwitchId:                      vswitch,
		SecurityGroupIds:               []*string{group},
		SecondaryPrivateIpAddressCount: tea.Int32(1),
		Tag:                            []*ecs.CreateNetworkInterfaceRequestTag{{Key: tea.String("client"), Value: tea.String("go")}},
	})
	if err != nil {
		return nil, err
	}
	id := created.Body.NetworkInterfaceId
	if addresses := len(created.Body.GetPrivateIpSets().GetPrivateIpSet()); addresses != 2 {
		return id, fmt.Errorf("%s was created with %d addresses", *id, addresses)
	}
	return id, report.Wait(c.status(id, nil), "Available")
}

func (c *cloud) attach(eni, instance *string) error {
	_, err := c.ecs.AttachNetworkInterface(&ecs.AttachNetworkInterfaceRequest{
		RegionId: tea.String(region), NetworkInterfaceId: eni, InstanceId: instance,
	})
	return err
}

// status reads an interface's status, and holds the instance that an interface in use names against the
// expected one.
func (c *cloud) status(eni, instance *string) func() (string, error) {
	return func() (string, error) {
		reply, err := c.ecs.DescribeNetworkInterfaces(&ecs.DescribeNetworkInterfacesRequest{
			RegionId: tea.String(region), NetworkInterfaceId: []*string{eni},
		})
		if err != nil {
			return "", err
		}
		if *reply.Body.TotalCount == 0 {
			return "gone", nil
		}
		shown := reply.Body.NetworkInterfaceSets.NetworkInterfaceSet[0]
		if *shown.Status == "InUse" && tea.StringValue(shown.InstanceId) != tea.StringValue(instance) {
			return "", fmt.Errorf("%s is in use by %q", *eni, tea.StringValue(shown.InstanceId))
		}
		return *shown.Status, nil
	}
}

func (c *cloud) vpcStatus(id *string) func() (string, error) {
	return func() (string, error) {
		reply, err := c.vpc.DescribeVpcs(&vpc.DescribeVpcsRequest{RegionId: tea.String(region), VpcId: id})
		if err != nil {
			return "", err
		}
		if *reply.Body.TotalCount == 0 {
			return "gone", nil
		}
		return *reply.Body.Vpcs.Vpc[0].Status, nil
	}
}

func (c *cloud) vswitchStatus(id *string) func() (string, error) {
	return func() (string, error) {
		reply, err := c.vpc.DescribeVSwitches(&vpc.DescribeVSwitchesRequest{RegionId: tea.String(region), VSwitchId: id})
		if err != nil {
			return "", err
		}
		if *reply.Body.TotalCount == 0 {
			return "gone", nil
		}
		return *reply.Body.VSwitches.VSwitch[0].Status, nil
	}
}

func (c *cloud) instanceStatus(id *string) func() (string, error) {
	return func() (string, error) {
		reply, err := c.ecs.DescribeInstances(&ecs.DescribeInstancesRequest{
			RegionId: tea.String(region), InstanceIds: tea.String(fmt.Sprintf("[%q]", *id)),
		})
		if err != nil {
			return "", err
		}
		if *reply.Body.TotalCount == 0 {
			return "gone", nil
		}
		return *reply.Body.Instances.Instance[0].Status, nil
	}
}

func (c *cloud) tidyUp(p place) error {
	if _, err := c.ecs.DeleteInstance(&ecs.DeleteInstanceRequest{InstanceId: p.instance, Force: tea.Bool(true)}); err != nil {
		return err
	}
	if err := report.Wait(c.instanceStatus(p.instance), "gone"); err != nil {
		return err
	}
	if _, err := c.ecs.DeleteSecurityGroup(&ecs.DeleteSecurityGroupRequest{
		RegionId: tea.String(region), SecurityGroupId: p.group,
	}); err != nil {
		return err
	}
	for _, id := range []*string{p.vswitch, p.otherVSwitch} {
		if _, err := c.vpc.DeleteVSwitch(&vpc.DeleteVSwitchRequest{RegionId: tea.String(region), VSwitchId: id}); err != nil {
			return err
		}
		if err := report.Wait(c.vswitchStatus(id), "gone"); err != nil {
			return err
		}
	}
	if _, err := c.vpc.DeleteVpc(&vpc.DeleteVpcRequest{RegionId: tea.String(region), VpcId: p.vpc}); err != nil {
		return err
	}
	return report.Wait(c.vpcStatus(p.vpc), "gone")
}

func refusal(err error) (report.Refusal, bool) {
	var refused *tea.SDKError
	if !errors.As(err, &refused) {
		return report.Refusal{}, false
	}
	var data struct {
		RequestID string `json:"RequestId"`
	}
	if err := json.Unmarshal([]byte(tea.StringValue(refused.Data)), &data); err != nil {
		return report.Refusal{}, false
	}
	return report.Refusal{
		Code:      tea.StringValue(refused.Code),
		Message:   tea.StringValue(refused.Message),
		RequestID: data.RequestID,
		Status:    tea.IntValue(refused.StatusCode),
	}, true
}
