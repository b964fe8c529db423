package duolect.clients;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;

/**
 * Prints what a client program found: one JSON object on each line of stdout.
 *
 * <p>A program checks five things. "sign": its calls were verified, and a wrong secret was refused.
 * "success": what it asked for came to be and went away again. "poll": a change was seen while it went
 * on. "error": refusals arrived as the SDK's own exceptions. "xml": answers in XML were understood.
 */
final class Report {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Gson gson = new GsonBuilder().disableHtmlEscaping().create();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final String client;
    private final String version;
    private boolean failed;

    private Report(String group, String artifact) {
        this.client = group + ":" + artifact;
        this.version = version(group, artifact);
    }

    /** What a program does with its SDK; throwing is a failed "success". */
    @FunctionalInterface
    interface Scenario {
        void run(Report report) throws Exception;
    }

    /** A call, or the reading of a value. */
    @FunctionalInterface
    interface Call<T> {
        T get() throws Exception;
    }

    /** What a program can read from its SDK's exception; the status is 0 where the SDK does not tell it. */
    record Refusal(int status, String code, String message, String requestId) {
        @Override
        public String toString() {
            return (status == 0 ? "" : status + " ") + code + ": " + message + " (" + requestId + ")";
        }
    }

    /** Runs a scenario with the SDK in an artifact and ends the program: with status 0 if all is ok. */
    static void run(String group, String artifact, Scenario scenario) {
        Report report = new Report(group, artifact);
        try {
            scenario.run(report);
        } catch (Exception failure) {
            failure.printStackTrace();
            report.check("success", false, failure.toString());
        }
        System.exit(report.failed ? 1 : 0);
    }

    /** Reports one result. */
    void check(String check, boolean ok, String detail) {
        failed |= !ok;
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("client", client);
        line.put("version", version);
        line.put("check", check);
        line.put("ok", ok);
        line.put("detail", detail);
        out.println(gson.toJson(line));
    }

    /**
     * Reports whether a call is refused as it should be.
     *
     * @param check "error", or "sign" where the signature is what is refused
     * @param read takes the SDK's exception apart; empty for any other exception
     */
    void refused(
            String check, String what, Call<?> call, Function<Exception, Optional<Refusal>> read, int status, String code) {
        try {
            call.get();
        } catch (Exception failure) {
            Optional<Refusal> refusal = read.apply(failure);
            boolean ok = refusal
                    .filter(it -> it.status() == status && Objects.equals(it.code(), code))
                    .filter(it -> isText(it.message()) && isText(it.requestId()))
                    .isPresent();
            check(check, ok, what + ": " + refusal.map(Refusal::toString).orElse("not the SDK's: " + failure));
            return;
        }
        check(check, false, what + " was not refused");
    }

    /** Reports whether polling shows exactly these values, the last of them being the end. */
    void polled(String what, Call<String> read, String... values) throws Exception {
        List<String> seen = changes(read, values[values.length - 1]);
        check("poll", seen.equals(Arrays.asList(values)), what + ": " + String.join(" -> ", seen));
    }

    /** Polls until a value is the wanted one. */
    static void await(Call<String> read, String until) throws Exception {
        changes(read, until);
    }

    private static List<String> changes(Call<String> read, String until) throws Exception {
        List<String> seen = new ArrayList<>();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            String value = read.get();
            if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(value)) {
                seen.add(value);
            }
            if (value.equals(until)) {
                return seen;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("saw " + seen + " in " + PATIENCE + ", not " + until);
            }
            Thread.sleep(INTERVAL.toMillis());
        }
    }

    /** Fails the scenario where something that must hold does not. */
    static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Returns an id of the same form as an existing one, of something that does not exist. */
    static String missing(String id) {
        return id.substring(0, id.length() - 4) + "0000";
    }

    /** Returns an environment variable that every program needs. */
    static String env(String name) {
        String value = System.getenv(name);
        if (!isText(value)) {
            System.err.println("set " + name);
            System.exit(2);
        }
        return value;
    }

    /** Returns where the emulator is, or null: then the SDK knows, and finds it by a proxy. */
    static String endpoint() {
        String value = System.getenv("DUOLECT_ENDPOINT");
        return isText(value) ? value : null;
    }

    /** Returns how the emulator is spoken to where its endpoint is named: "http" or "https". */
    static String scheme() {
        String value = System.getenv("DUOLECT_SCHEME");
        return isText(value) ? value : "http";
    }

    private static boolean isText(String value) {
        return value != null && !value.isEmpty();
    }

    private static String version(String group, String artifact) {
        String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream file = Report.class.getResourceAsStream(path)) {
            properties.load(file);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
        return properties.getProperty("version");
    }
}
