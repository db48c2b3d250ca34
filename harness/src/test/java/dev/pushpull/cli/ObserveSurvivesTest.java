package dev.pushpull.cli;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an observation knows survives {@code kill -9} of either side. */
@Timeout(180)
class ObserveSurvivesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RETRY = "0s,100ms,500ms,2s,5s";
    private static final long MARGIN_NANOS = 300_000_000L;

    /** Two, so that a run continues one that itself continued another. */
    private static final int KILLS = 2;

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String said(Program program) {
        try {
            return program.output() + program.errors();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program serve(int port, String out, String... more) throws IOException {
        return serve(port, out, RETRY, more);
    }

    private Program serve(int port, String out, String retry, String[] more) throws IOException {
        Program serve = Program.start(directory, serving(port, out, retry, more));
        eventually("it serves", () -> said(serve).contains("Serving at "));
        return serve;
    }

    private static String[] serving(int port, String out, String retry, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "serve", "--port=" + port, "--rate=0.001/d", "--consumers=1", "--retry=" + retry, "--out=" + out));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private Program observe(int provider, int port, String out, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "observe",
                "--poll=http://127.0.0.1:" + provider + "/events",
                "--interval=100ms",
                "--grace=100ms",
                "--receive=127.0.0.1:" + port,
                "--subscribe=http://127.0.0.1:" + provider,
                "--secret=s3cret",
                "--scheme=github",
                "--out=" + out));
        words.addAll(List.of(more));
        Program observe = Program.start(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", "-Dpushpull.observeKeptEverySeconds=1"),
                words.toArray(String[]::new));
        eventually("it is ready", () -> said(observe).contains("observe: ready"));
        LockSupport.parkNanos(MARGIN_NANOS); // before that, nothing is called missed
        return observe;
    }

    private String happens(int provider) throws Exception {
        HttpResponse<String> made = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + provider + "/events"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"type\":\"t\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).isEqualTo(201);
        return JSON.readTree(made.body()).path("id").asText();
    }

    private ObservedResults results(String folder) {
        return new ObservedResults(directory.resolve(folder));
    }

    private void stopped(Program observe) throws Exception {
        LockSupport.parkNanos(2 * MARGIN_NANOS); // nor is anything that came just before the end
        observe.signal("TERM");
        assertThat(observe.exitCode()).as(said(observe)).isEqualTo(ExitCode.INTERRUPTED);
    }

    /** Whether all of these came both ways. */
    private static boolean cameBoth(Program observe, Set<String> ids) {
        List<String> lines = said(observe).lines().toList();
        return ids.stream()
                .allMatch(id -> Stream.of("poll ", "push ")
                        .allMatch(way -> lines.stream().anyMatch(line -> line.startsWith(way) && line.contains(id))));
    }

    @Test
    @Tag("slow")
    void aProviderThatIsKilledAndComesBackIsObservedFurther() throws Exception {
        int provider = freePort();
        Set<String> events = new TreeSet<>();
        // it would push after an hour only, so these pushes are the second one's
        Program serve = serve(provider, "s1", "1h", new String[] {"--outbox=events.db"});
        try (Program observe = observe(provider, 0, "o")) {
            for (int i = 0; i < 5; i++) {
                events.add(happens(provider));
            }
            serve.signal("KILL"); // what was just posted may not be polled yet either
            serve.exitCode();
            eventually("polls fail", () -> said(observe).contains(" failed: "));
            serve.close();
            serve = serve(provider, "s2", "--outbox=events.db");
            for (int i = 0; i < 5; i++) {
                events.add(happens(provider));
            }
            eventually("all came both ways", () -> cameBoth(observe, events));
            eventually(
                    "a line says now and then how it stands",
                    () -> said(observe).contains("measured: 10 items both ways"));
            stopped(observe);
        } finally {
            serve.close();
        }
        assertThat(results("o").withOutcome("both")).isEqualTo(events);
        assertThat(results("o").pairs().keySet()).isEqualTo(events);
    }

    @Test
    @Tag("slow")
    void aProviderThatForgotEverythingIsAskedFromTheBeginningAndSubscribedToAgain() throws Exception {
        int provider = freePort();
        Set<String> events = new TreeSet<>();
        Program serve = serve(provider, "s1");
        try (Program observe = observe(provider, 0, "o")) {
            for (int i = 0; i < 5; i++) {
                events.add(happens(provider));
            }
            eventually("all came both ways", () -> cameBoth(observe, events));
            serve.signal("KILL");
            serve.exitCode();
            serve.close();
            serve = serve(provider, "s2");
            String unheard = happens(provider);
            eventually("it was polled", () -> said(observe).contains(unheard));
            eventually("it is subscribed again", () -> said(observe).contains("subscribed again"));
            events.add(happens(provider));
            eventually("what comes then came both ways", () -> cameBoth(observe, events));
            stopped(observe);
            assertThat(results("o").withOutcome("both")).isEqualTo(events);
            assertThat(results("o").withOutcome("poll only")).containsExactly(unheard);
        } finally {
            serve.close();
        }
    }

    @Test
    @Tag("live")
    void whatAKilledObservationSawIsInItsFilesAndKnownToThoseThatContinueIt() throws Exception {
        int provider = freePort();
        int port = freePort();
        Set<String> happened = new TreeSet<>();
        try (ProgramHere serve = ProgramHere.start(serving(provider, directory.resolve("s") + "", RETRY))) {
            eventually("it serves", () -> serve.errors().contains("Serving at "));
            happened.add(happens(provider));
            String last = "";
            for (int run = 0; run < KILLS; run++) {
                String[] flags = run == 0 ? new String[0] : new String[] {"--continue=o" + (run - 1)};
                try (Program observe = observe(provider, port, "o" + run, flags)) {
                    Set<String> certain = new TreeSet<>();
                    for (int i = 0; i < 5; i++) {
                        certain.add(happens(provider));
                    }
                    ObservedResults results = results("o" + run);
                    eventually(
                            "they are decided",
                            () -> results.withOutcome("both").equals(certain));
                    last = happens(provider); // not decided, perhaps not even seen
                    String pushed = last;
                    eventually(
                            "it was pushed",
                            () -> said(observe)
                                    .lines()
                                    .anyMatch(line -> line.startsWith("push ") && line.contains(pushed)));
                    happened.addAll(certain);
                    happened.add(last);
                    observe.signal("KILL");
                    observe.exitCode();
                    assertThat(results.withOutcome("both")).containsAll(certain);
                    assertThat(results.undecided())
                            .as("pushed, and not decided")
                            .contains(last);
                }
                happened.add(happens(provider)); // while nobody observes
            }
            try (Program observe = observe(provider, port, "o" + KILLS, "--continue=o" + (KILLS - 1))) {
                stopped(observe);
            }
            assertThat(serve.isAlive()).isTrue();
        }
        List<String> counted = new ArrayList<>();
        for (int run = 0; run <= KILLS; run++) {
            Set<String> inThisRun = new HashSet<>(results("o" + run).pairs().keySet());
            if (run < KILLS) {
                inThisRun.addAll(results("o" + run).undecided());
            }
            counted.addAll(inThisRun);
            assertThat(Files.isRegularFile(directory.resolve("o" + run + "/inbox.db")))
                    .as("the first run's inbox is used again")
                    .isEqualTo(run == 0);
        }
        assertThat(counted).as("each in one run, and only once").containsExactlyInAnyOrderElementsOf(happened);
        assertThat(directory.resolve("o" + KILLS + "/undecided.csv")).doesNotExist();
    }
}
