// Command cilium fills a node with interfaces by the code of cilium's operator, as it was released.
//
// DUOLECT_ENDPOINT (host:port) says where the emulator is; world.toml is what it begins with. The program
// ends with status 0 if everything was as cilium needs it, and with 1 at the first thing that was not.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	httperr "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
	"github.com/cilium/cilium/pkg/alibabacloud/api"
)

const (
	region = "cn-hangzhou"
	node   = "i-node1"
	pods   = "vsw-pods"
)

type unmeasured struct{}

func (unmeasured) ObserveAPICall(string, string, float64) {}
func (unmeasured) ObserveRateLimit(string, time.Duration) {}

func client(filters map[string]string) *api.Client {
	endpoint := os.Getenv("DUOLECT_ENDPOINT")
	instances, err := ecs.NewClientWithAccessKey(region, "cilium", "secret")
	check(err == nil, "client of ECS: %v", err)
	networks, err := vpc.NewClientWithAccessKey(region, "cilium", "secret")
	check(err == nil, "client of VPC: %v", err)
	instances.Domain, networks.Domain = endpoint, endpoint
	instances.GetConfig().Scheme, networks.GetConfig().Scheme = "HTTP", "HTTP"
	return api.NewClient(slog.Default(), networks, instances, unmeasured{}, 100, 100, filters)
}

func check(ok bool, format string, values ...any) {
	if !ok {
		fmt.Printf("FAIL "+format+"\n", values...)
		os.Exit(1)
	}
}

// code returns the code of a refusal, or an empty text.
func code(err error) string {
	var refusal httperr.Error
	if errors.As(err, &refusal) {
		return refusal.ErrorCode()
	}
	return ""
}

func main() {
	ctx := context.Background()
	cloud := client(nil)

	networks, err := cloud.GetVPCs(ctx)
	check(err == nil && len(networks) == 1, "VPCs: %v, %v", networks, err)
	subnets, err := cloud.GetVSwitches(ctx)
	check(err == nil && len(subnets) == 2, "vSwitches: %v, %v", subnets, err)
	free := subnets[pods].AvailableAddresses
	check(free == 252 && subnets[pods].Tags["role"] == "pods", "vSwitch: %+v", subnets[pods])
	groups, err := cloud.GetSecurityGroups(ctx)
	check(err == nil && len(groups) == 1, "groups: %v, %v", groups, err)
	types, err := cloud.GetInstanceTypes(ctx)
	check(err == nil, "instance types: %v", err)
	var limits ecs.InstanceType
	for _, each := range types {
		if each.InstanceTypeId == "ecs.g7.large" {
			limits = each
		}
	}
	check(limits.EniQuantity == 3 && limits.EniPrivateIpAddressQuantity == 6, "limits: %+v", limits)

	attached := 0
	for {
		tags := map[string]string{"cilium-eni-index": fmt.Sprint(attached + 1)}
		id, made, err := cloud.CreateNetworkInterface(ctx, 2, pods, []string{"sg-nodes"}, tags)
		check(err == nil && len(made.PrivateIPSets) == 3, "create: %+v, %v", made, err)
		if err := cloud.AttachNetworkInterface(ctx, node, id); err != nil {
			check(code(err) == "EniPerInstanceLimitExceeded", "attach: %v", err)
			check(cloud.DeleteNetworkInterface(ctx, id) == nil, "delete %s", id)
			break
		}
		on, err := cloud.WaitENIAttached(ctx, id)
		check(err == nil && on == node, "attached to %s, %v", on, err)
		fill(ctx, cloud, id, limits.EniPrivateIpAddressQuantity)
		attached++
	}
	check(attached == limits.EniQuantity-1, "%d interfaces were attached", attached)

	instance, err := cloud.GetInstance(ctx, networks, subnets, node)
	check(err == nil && len(instance.Interfaces) == limits.EniQuantity, "instance: %+v, %v", instance, err)
	all, err := cloud.GetInstances(ctx, networks, subnets)
	check(err == nil && all.NumInstances() >= 2, "instances: %v", err)
	mine, err := client(map[string]string{"cluster": "c1"}).GetInstances(ctx, networks, subnets)
	check(err == nil && mine.NumInstances() == 1, "instances of the cluster: %v", err)
	fmt.Println("ok")
}

// fill gives an interface all the addresses that it can have, some of them twice, and one too many.
func fill(ctx context.Context, cloud *api.Client, id string, most int) {
	added, err := cloud.AssignPrivateIPAddresses(ctx, id, most-3)
	check(err == nil && len(added) == most-3, "assign: %v, %v", added, err)
	err = cloud.UnassignPrivateIPAddresses(ctx, id, added[:2])
	check(err == nil, "unassign: %v", err)
	again, err := cloud.AssignPrivateIPAddresses(ctx, id, 2)
	check(err == nil && len(again) == 2, "assign again: %v, %v", again, err)
	_, err = cloud.AssignPrivateIPAddresses(ctx, id, 1)
	check(code(err) == "InvalidOperation.Ipv4CountExceeded", "one too many: %v", err)
	shown, err := cloud.DescribeNetworkInterface(ctx, id)
	check(err == nil && shown.Status == "InUse", "describe: %v", err)
	check(len(shown.PrivateIpSets.PrivateIpSet) == most, "addresses: %+v", shown.PrivateIpSets)
}
