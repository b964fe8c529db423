#!/usr/bin/env bash
# tencentcloud-sdk-go with retries turned on asks twice for one address, and repeats creates but no reads.
#
# Package:  github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc v1.3.115 and common v1.3.212.
# Guess:    retries concern calls that fail. Two calls that succeed are two calls, whether retries are on or not; and
#           what is repeated after a timeout are above all reads, which harm nothing.
# Seen:     with either number of retries above 0 the SDK writes a random ClientToken into the caller's request, and
#           leaves it there. The same request sent again has the same token, which to the cloud means that it is the
#           same call: it answers with the address that it has allocated already. And a call is repeated after a timeout
#           only if its request has a field ClientToken: AllocateAddresses is, DescribeVpcs is not, whatever is set.
# Matters:  to loops that make several things from one request: with retries they get the first one each time, without
#           an error. And to whoever sets NetworkFailureMaxRetries for the sake of polling: it does nothing there.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export GOPATH="$folder/go" GOFLAGS="-mod=mod -modcacherw"

cat > "$folder/go.mod" <<'TEXT'
module finding

go 1.23

require (
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common v1.3.212
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc v1.3.115
)
TEXT

cat > "$folder/main.go" <<'GO'
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"time"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	vpc "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc/v20170312"
)

var (
	allocated = map[string]string{}
	count     int
	asked     atomic.Int32
	slow      atomic.Bool
)

// serve allocates an address for each request, and for each token only one, as the cloud documents it.
func serve(w http.ResponseWriter, r *http.Request) {
	asked.Add(1)
	body, _ := io.ReadAll(r.Body)
	if slow.Load() {
		<-r.Context().Done()
		return
	}
	var sent struct{ ClientToken string }
	_ = json.Unmarshal(body, &sent)
	address := allocated[sent.ClientToken]
	if address == "" {
		count++
		address = fmt.Sprintf("eip-%d", count)
	}
	if sent.ClientToken != "" {
		allocated[sent.ClientToken] = address
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"Response": {"AddressSet": [%q], "RequestId": "r"}}`, address)
}

func main() {
	server := httptest.NewServer(http.HandlerFunc(serve))
	client := func(retries int) *vpc.Client {
		settings := profile.NewClientProfile()
		settings.HttpProfile.Endpoint = strings.TrimPrefix(server.URL, "http://")
		settings.HttpProfile.Scheme, settings.HttpProfile.ReqTimeout = "HTTP", 1
		settings.NetworkFailureMaxRetries = retries
		settings.NetworkFailureRetryDuration = func(int) time.Duration { return 0 }
		made, err := vpc.NewClient(common.NewCredential("id", "key"), "ap-guangzhou", settings)
		if err != nil {
			panic(err)
		}
		return made
	}
	for _, retries := range []int{0, 2} {
		request := vpc.NewAllocateAddressesRequest()
		got := []string{}
		for range 3 {
			answer, err := client(retries).AllocateAddresses(request)
			if err != nil {
				panic(err)
			}
			got = append(got, *answer.Response.AddressSet[0])
		}
		fmt.Printf("%d retries: one request sent three times allocates %v\n", retries, got)
	}
	slow.Store(true)
	tried := func(name string, err error) {
		fmt.Printf("2 retries: %s is sent %d times, then %T\n", name, asked.Swap(0), err)
	}
	asked.Store(0)
	_, err := client(2).AllocateAddresses(vpc.NewAllocateAddressesRequest())
	tried("AllocateAddresses", err)
	_, err = client(2).DescribeVpcs(vpc.NewDescribeVpcsRequest())
	tried("DescribeVpcs", err)
}
GO

cat > "$folder/expected" <<'TEXT'
0 retries: one request sent three times allocates [eip-1 eip-2 eip-3]
2 retries: one request sent three times allocates [eip-4 eip-4 eip-4]
2 retries: AllocateAddresses is sent 3 times, then *errors.TencentCloudSDKError
2 retries: DescribeVpcs is sent 1 times, then *errors.TencentCloudSDKError
TEXT

cd "$folder"
env -u HTTP_PROXY -u http_proxy -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy go run . | tee "$folder/seen"
diff "$folder/expected" "$folder/seen"
