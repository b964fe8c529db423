// Package withduolect shows Duolect as a container of a test's own.
package withduolect

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/testcontainers/testcontainers-go"
	"github.com/testcontainers/testcontainers-go/wait"
)

func image() string {
	if name := os.Getenv("DUOLECT_IMAGE_NAME"); name != "" {
		return name
	}
	return "duolect:0.1.0"
}

func TestANetworkIsCreated(t *testing.T) {
	ctx := context.Background()
	duolect, err := testcontainers.GenericContainer(ctx, testcontainers.GenericContainerRequest{
		ContainerRequest: testcontainers.ContainerRequest{
			Image:        image(),
			ExposedPorts: []string{"4780/tcp"},
			Env:          map[string]string{"DUOLECT_TIMING": "instant"},
			WaitingFor:   wait.ForHTTP("/_duolect/health").WithPort("4780/tcp").WithStartupTimeout(30 * time.Second),
		},
		Started: true,
	})
	testcontainers.CleanupContainer(t, duolect)
	if err != nil {
		t.Fatal(err)
	}
	endpoint, err := duolect.PortEndpoint(ctx, "4780/tcp", "http")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(endpoint + "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var made struct{ VpcId string }
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(made.VpcId, "vpc-") {
		t.Fatalf("no network was created: %q", made.VpcId)
	}
}
