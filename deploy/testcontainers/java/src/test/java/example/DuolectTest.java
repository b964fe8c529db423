package example;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Duolect as a container of a test's own. */
class DuolectTest {
    private static final String IMAGE = System.getenv().getOrDefault("DUOLECT_IMAGE_NAME", "duolect:0.1.0");
    private static final String CREATE =
            "/?Action=CreateVpc&Version=2016-04-28&Format=JSON&RegionId=cn-hangzhou&AccessKeyId=me";

    @Test
    void aNetworkIsCreated() throws Exception {
        try (var duolect = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withExposedPorts(4780)
                .withEnv("DUOLECT_TIMING", "instant")
                .waitingFor(Wait.forHttp("/_duolect/health").forPort(4780))) {
            duolect.start();
            var endpoint = "http://" + duolect.getHost() + ":" + duolect.getMappedPort(4780);
            var request = HttpRequest.newBuilder(URI.create(endpoint + CREATE)).build();
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertTrue(answer.body().contains("\"VpcId\":\"vpc-"), answer.body());
        }
    }
}
