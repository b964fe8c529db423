#!/usr/bin/env bash
# alibaba-cloud-sdk-go sends a request that is given to a second client to the region of the first one.
#
# Package:  github.com/aliyun/alibaba-cloud-sdk-go v1.63.107.
# Guess:    region and endpoint belong to the client: one request, with the same filters, can be given to a client of
#           each region in turn. And a call sends what its request says when the call is made.
# Seen:     the first client writes its endpoint and its region into the request, where they count as the caller's own
#           wishes from then on. The second client signs with its own key, and asks the first region again. Nothing
#           fails: the answer is that of the wrong region. A parameter that is set back to empty before the second call
#           is sent all the same, with its former value.
# Matters:  to tools that go through all regions: they list the first one as often as there are regions.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GOPATH="$folder/go" GOFLAGS="-mod=mod -modcacherw"

cat > "$folder/go.mod" <<'TEXT'
module finding

go 1.23

require github.com/aliyun/alibaba-cloud-sdk-go v1.63.107
TEXT

cat > "$folder/main.go" <<'GO'
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/aliyun/alibaba-cloud-sdk-go/services/vpc"
)

// region serves the endpoint of one region, and tells what it is asked.
func region(name string) *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent := r.URL.Query()
		fmt.Printf("the endpoint of %s is asked by %s for RegionId=%s VpcId=%s\n",
			name, sent.Get("AccessKeyId"), sent.Get("RegionId"), sent.Get("VpcId"))
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"TotalCount": 0, "Vpcs": {"Vpc": []}, "RequestId": "r"}`)
	}))
}

func client(name string, server *httptest.Server) *vpc.Client {
	made, err := vpc.NewClientWithAccessKey(name, "key-"+name, "secret")
	if err != nil {
		panic(err)
	}
	made.Domain = strings.TrimPrefix(server.URL, "http://")
	return made
}

func main() {
	hangzhou := client("cn-hangzhou", region("cn-hangzhou"))
	shanghai := client("cn-shanghai", region("cn-shanghai"))
	ask := func(client *vpc.Client, request *vpc.DescribeVpcsRequest) {
		if _, err := client.DescribeVpcs(request); err != nil {
			panic(err)
		}
	}
	fmt.Println("a request for each client:")
	ask(hangzhou, vpc.CreateDescribeVpcsRequest())
	ask(shanghai, vpc.CreateDescribeVpcsRequest())
	fmt.Println("one request for both:")
	request := vpc.CreateDescribeVpcsRequest()
	request.VpcId = "vpc-1"
	ask(hangzhou, request)
	request.VpcId = ""
	ask(shanghai, request)
}
GO

cat > "$folder/expected" <<'TEXT'
a request for each client:
the endpoint of cn-hangzhou is asked by key-cn-hangzhou for RegionId=cn-hangzhou VpcId=
the endpoint of cn-shanghai is asked by key-cn-shanghai for RegionId=cn-shanghai VpcId=
one request for both:
the endpoint of cn-hangzhou is asked by key-cn-hangzhou for RegionId=cn-hangzhou VpcId=vpc-1
the endpoint of cn-hangzhou is asked by key-cn-shanghai for RegionId=cn-hangzhou VpcId=vpc-1
TEXT

cd "$folder"
env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy go run . | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
