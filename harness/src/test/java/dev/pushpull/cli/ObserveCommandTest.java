package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An observation as a person starts it, of a provider whose events are known. */
@Tag("live")
class ObserveCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("http://[0-9.:]+");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Longer than the interval and the grace. */
    private static final long MARGIN_NANOS = 300_000_000L;

    /** One provider for all tests: what earlier ones made happen is backlog. */
    private static ProgramHere serve;

    private static String provider;
    private static final Set<String> MADE = new TreeSet<>();

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private static String said(Program program) {
        try {
            return program.output() + program.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(ProgramHere program) {
        return program.output() + program.errors();
    }

    private static String address(Supplier<String> said) {
        eventually("it listens", () -> ADDRESS.matcher(said.get()).find());
        Matcher matcher = ADDRESS.matcher(said.get());
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }

    private String happens(int number) throws Exception {
        return happens("t", number);
    }

    private String happens(String type, int number) throws Exception {
        HttpResponse<String> made = client.send(
                HttpRequest.newBuilder(URI.create(provider + "/events"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"type\":\"%s\",\"data\":{\"n\":%d}}".formatted(type, number)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
        String id = JSON.readTree(made.body()).path("id").asText();
        MADE.add(id);
        return id;
    }

    private ObservedResults results(String folder) {
        return new ObservedResults(directory.resolve(folder));
    }

    @BeforeAll
    static void serve(@TempDir Path served) {
        serve = ProgramHere.start(
                "serve", "--port=0", "--rate=0.001/d", "--consumers=1", "--out=" + served.resolve("s"));
        provider = address(() -> said(serve));
    }

    @AfterAll
    static void stopServing() {
        serve.close();
    }

    private String[] observing(String out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "observe",
                "--poll",
                provider + "/events",
                "--interval=100ms",
                "--grace=100ms",
                "--receive=127.0.0.1:0",
                "--subscribe",
                provider,
                "--out",
                directory.resolve(out).toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static double printedSeconds(Program observe, String side, String id) {
        Matcher line =
                Pattern.compile("(?m)^" + side + " +([0-9.]+) s +" + id + "\\b").matcher(said(observe));
        assertThat(line.find()).as(side + " of " + id).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static void ready(Supplier<String> said) {
        eventually("it is ready", () -> said.get().contains("observe: ready"));
    }

    @Test
    void itsPairsAreTheProvidersEventsAndAContinuedRunKnowsThem() throws Exception {
        happens(1);
        happens(2);
        Set<String> before = new TreeSet<>(MADE);
        Set<String> measured = new TreeSet<>();
        try (Program observe = Program.start(directory, observing("o", "--scheme=stripe"))) {
            ready(() -> said(observe));
            for (int i = 0; i < 30; i++) {
                measured.add(happens(i));
            }
            eventually(
                    "both ways brought all",
                    () -> results("o").withOutcome("both").equals(measured));
            assertThat(results("o").withOutcome("backlog")).isEqualTo(before);
            observe.signal("HUP");
            String one = measured.iterator().next();
            assertThat(1_000 * (printedSeconds(observe, "poll", one) - printedSeconds(observe, "push", one)))
                    .as("lines of both sides count from the same moment")
                    .isCloseTo(Double.parseDouble(results("o").pairs().get(one).get("sooner_ms")), within(1.5));
            eventually("the results so far", () -> Files.exists(directory.resolve("o/report.html")));
            assertThat(observe.isAlive()).isTrue();
            observe.signal("TERM");
            assertThat(observe.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(results("o").run().path("partial").asBoolean()).isTrue();
            assertThat(observe.output()).contains("neither missed any");
            assertThat(directory.resolve("o/report.html")).content().contains("No advice: all items came within");
        }
        assertThat(results("o").column("receive", "both")).isEqualTo(30);
        assertThat(results("o").column("poll", "missed_by_poll")).isZero();
        assertThat(results("o").column("receive", "missed_by_push")).isZero();
        results("o").pairs().values().stream()
                .filter(row -> row.get("outcome").equals("both"))
                .forEach(row -> assertThat(Double.parseDouble(row.get("sooner_ms")))
                        .as("%s", row)
                        .isBetween(-60_000.0, 60_000.0));
        Files.delete(directory.resolve("o/report.html"));
        assertThat(Said.by("", List.of("report", directory.resolve("o").toString()))
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(directory.resolve("o/report.html")).content().contains("The doorbell and the mailbox");

        String meanwhile = happens(99);
        String earlier = directory.resolve("o").toString();
        try (ProgramHere observe = ProgramHere.start(observing("c", "--continue", earlier, "--scheme=github"))) {
            ready(() -> said(observe));
            String later = happens(100);
            eventually(
                    "the later one is paired",
                    () -> results("c").withOutcome("both").equals(Set.of(later)));
            observe.interrupt();
            assertThat(observe.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
            assertThat(results("c").pairs().keySet())
                    .as("what the first run saw is no news")
                    .isEqualTo(Set.of(meanwhile, later));
        }
    }

    @Test
    void whatOnlyOneWayBringsIsMissedByTheOther() throws Exception {
        try (ProgramHere observe =
                ProgramHere.start(observing("o", "--where=/type=polled", "--push-where=/type=pushed"))) {
            ready(() -> said(observe));
            LockSupport.parkNanos(MARGIN_NANOS); // before that, nothing is called missed
            String polled = happens("polled", 1);
            String pushed = happens("pushed", 2);
            happens("neither", 3);
            eventually("one was polled", () -> said(observe).contains(polled + "  "));
            eventually("one was pushed", () -> said(observe).contains(pushed + "  "));
            LockSupport.parkNanos(MARGIN_NANOS); // nor what came just before the end
            String late = happens("pushed", 4);
            eventually("the last was pushed", () -> said(observe).contains(late + "  "));
            observe.interrupt();
            assertThat(observe.exitCode()).isEqualTo(ExitCode.INTERRUPTED);

            assertThat(results("o").withOutcome("poll only")).containsExactly(polled);
            assertThat(results("o").withOutcome("push only")).contains(pushed);
            assertThat(results("o").pairs().keySet()).isEqualTo(Set.of(polled, pushed, late));
            assertThat(results("o").column("receive", "missed_by_push")).isOne();
            assertThat(observe.output()).contains("No item came both ways; polls missed ");
        }
    }

    @Test
    void twoRunsThatAreOverArePairedAfterwards() throws Exception {
        Set<String> events = new TreeSet<>();
        try (Program receive =
                        Program.start(directory, "receive", "--port=0", "--subscribe", provider, "--out=received");
                ProgramHere poll = ProgramHere.start(
                        "poll", provider + "/events", "--interval=100ms", "--out=" + directory.resolve("polled"))) {
            address(() -> said(receive));
            eventually("it polls", () -> said(poll).contains("poll 1:"));
            for (int i = 0; i < 10; i++) {
                events.add(happens("t", i));
            }
            eventually("all were polled", () -> events.stream().allMatch(said(poll)::contains));
            eventually("all were pushed", () -> events.stream().allMatch(said(receive)::contains));
            poll.interrupt();
            receive.signal("TERM");
            assertThat(poll.exitCode() + receive.exitCode()).isEqualTo(2 * ExitCode.INTERRUPTED);
        }
        List<String> command = List.of(
                "observe",
                "--from",
                directory.resolve("received").toString(),
                "--from",
                directory.resolve("polled").toString());
        Said said = Said.by("", with(command, "--out=" + directory.resolve("o")));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(results("o").withOutcome("both")).isEqualTo(events);

        // little enough that runs of a second still go on at the same time
        Said moved = Said.by("", with(command, "--offset=-10ms", "--out=" + directory.resolve("moved")));
        assertThat(moved.exitCode()).as(moved.errors()).isEqualTo(ExitCode.DONE);
        String id = events.iterator().next();
        assertThat(Double.parseDouble(results("moved").pairs().get(id).get("sooner_ms"))
                        - Double.parseDouble(results("o").pairs().get(id).get("sooner_ms")))
                .isCloseTo(10, within(0.001));

        Path run = directory.resolve("polled/run.json");
        Files.writeString(run, Files.readString(run).replaceFirst("\"boot\":\"[^\"]*\"", "\"boot\":\"another\""));
        refused(with(command, "--out=" + directory.resolve("x")), "--offset is required");
        assertThat(directory.resolve("x")).doesNotExist();
    }

    /** An observation that is not refused never ends, and hears no interrupt. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void badInputIsOneLineAndLeavesNothing() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(RawEndpoint.json("{\"data\":[]}"));
                ServerSocket taken = new ServerSocket(0)) {
            String out = directory.resolve("o").toString();
            List<String> poll = List.of("observe", "--poll", endpoint.url(), "--out", out);
            refused(poll, "--receive: it is missing");
            refused(with(poll, "--receive=127.0.0.1:0"), "--secret: it is missing");
            refused(
                    with(poll, "--receive=127.0.0.1:" + taken.getLocalPort(), "--scheme=none"),
                    "ddress already in use");
            refused(with(poll, "--receive=127.0.0.1:0", "--scheme=none", "--items=/none"), "cannot be polled: ");
            refused(List.of("observe", "--from", out, "--out", out), "'" + out + "' is not accepted");
            refused(with(poll, "--receive=127.0.0.1:0", "--scheme=none", "--continue", out), "--continue: ");
            assertThat(directory.resolve("o")).doesNotExist();
        }
    }

    private static List<String> with(List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return all;
    }

    private static void refused(List<String> words, String why) {
        Said said = Said.by("", words);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors().lines().filter(line -> line.startsWith("pushpull: ")))
                .singleElement()
                .asString()
                .contains(why);
    }
}
