package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Text from others does not control the terminal, neither on standard output nor on standard error. */
@Tag("live")
class ForeignTextOnTerminalsTest {
    /** Escape, bell, a C1 control, a direction override, an isolate, a line separator and a mark without width. */
    private static final String STEERING = "\u001b[2J\u0007\u009b31m\u202eevil\u2066\u2028\u200f";

    @TempDir
    Path directory;

    private static void assertHarmless(String printed) {
        assertThat(printed.codePoints()
                        .filter(character -> character != '\n' && character != '\t')
                        .filter(character -> switch (Character.getType(character)) {
                            case Character.CONTROL,
                                    Character.FORMAT,
                                    Character.LINE_SEPARATOR,
                                    Character.PARAGRAPH_SEPARATOR -> true;
                            default -> false;
                        })
                        .boxed()
                        .map(Integer::toHexString))
                .as(printed)
                .isEmpty();
    }

    private static void assertHarmless(Said said) {
        assertHarmless(said.output());
        assertHarmless(said.errors());
        assertThat(said.output() + said.errors()).contains("evil");
    }

    private Said run(String... arguments) {
        return Said.by("", List.of(arguments));
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void errorsAboutWhatWasGiven() throws IOException {
        String out = directory.resolve("out").toString();
        for (String debug : List.of("--debug", "--quiet")) {
            assertHarmless(run("simulate", "--out", out, debug, "--trace", file("trace", "1\n" + STEERING + "\n")));
            assertHarmless(run(
                    "simulate",
                    "--out",
                    out,
                    debug,
                    "--preset",
                    file("a.toml", "\"\\u001b\\u009b\\u202eevil\" = 1\n")));
            assertHarmless(run(
                    "simulate",
                    "--out",
                    out,
                    debug,
                    "--preset",
                    file("b.toml", "rate = '\u009b31m\u202eevil\u2066\u2028'\n")));
            Said refused = run(
                    "simulate",
                    "--out",
                    out,
                    debug,
                    "--preset",
                    file("c.toml", "rate = \"\\u001b\\u009b\\u202eevil\"\n"));
            assertHarmless(refused.errors());
            assertThat(refused.errors()).contains("a control character is not accepted");
            assertHarmless(run("simulate", "--out", out, debug, "--rate", STEERING));
        }
        assertHarmless(run(STEERING));
        assertHarmless(run("simulate", "--" + STEERING));
        assertHarmless(run("simulate", "--mode", STEERING));
        assertHarmless(run("report", directory.resolve(STEERING).toString()));
        assertHarmless(run("poll", "http://" + STEERING));
        assertHarmless(run("--debug", "poll", "http://127.0.0.1:1/", "--items", STEERING));
    }

    @Test
    void anErrorIsOneLineHoweverLongTheValueIs() {
        Said said = run("simulate", "--rate", "x".repeat(100_000) + "\u2028\u0085");
        assertThat(said.errors()).hasLineCount(1).hasSizeLessThan(1_000);
        assertThat(run("x".repeat(100_000)).errors()).hasLineCount(1).hasSizeLessThan(10_000);
    }

    @Test
    void whatAnEndpointAnswers() throws Exception {
        String latin = "evil\u001b[2J\u0007\u009b31m";
        for (String answer : List.of(
                "HTTP/1.1 " + latin + "\r\n\r\n",
                latin + "\r\n\r\n",
                RawEndpoint.answer("200 OK", "{\"data\":" + latin),
                RawEndpoint.answer("200 OK", "[]", "Content-Encoding: evil\u009b"),
                RawEndpoint.answer("302 Found", "", "Location: http://evil/\u009b\u0007"))) {
            try (RawEndpoint endpoint = RawEndpoint.inTurn(answer)) {
                for (String debug : List.of("--debug", "--unconditional")) {
                    Said said = run(
                            "poll",
                            endpoint.url(),
                            debug,
                            "--duration",
                            "1s",
                            "--out",
                            directory.resolve("p").toString());
                    assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
                    assertHarmless(said.errors());
                }
            }
        }
    }

    @Test
    void theIdsAndTypesOfWebhooksThatAreReceived() throws Exception {
        try (ProgramHere receive = ProgramHere.start(
                "receive",
                "--port=0",
                "--scheme=none",
                "--inbox=memory",
                "--events=1",
                "--duration=60s",
                "--out=" + directory.resolve("out"))) {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!receive.errors().contains("Receiving at ") && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            String address = receive.errors()
                    .lines()
                    .filter(line -> line.startsWith("Receiving at "))
                    .findFirst()
                    .orElseThrow()
                    .substring("Receiving at ".length());
            String event = """
                    {"id":"evt_1","type":"evil%s","occurred_at":"2026-01-01T00:00:00Z","stream":"a","sequence":1,"data":{}}""".formatted("\\u001b[2J\\u009b31m\\u202e");
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Content-Type", "application/json")
                                    .header("webhook-id", "=evil")
                                    .POST(HttpRequest.BodyPublishers.ofString(event))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(receive.exitCode()).as(receive.errors()).isZero();
            assertHarmless(receive.output());
            assertHarmless(receive.errors());
            assertThat(receive.output()).contains("evil");
        }
    }

    @Test
    void recordsAndJournalsThatOthersWrote() throws IOException {
        Path run = directory.resolve("run");
        assertThat(run(
                                "simulate",
                                "--interval",
                                "1s",
                                "--rate",
                                "1/s",
                                "--horizon",
                                "1m",
                                "--quiet",
                                "--out",
                                run.toString())
                        .exitCode())
                .isZero();
        String record = Files.readString(run.resolve("run.json"));
        String escaped = "evil\\u001b[2J\\u009b31m\\u202e\\u2066";
        Path foreign = Files.createDirectory(directory.resolve("foreign"));
        for (Map.Entry<String, String> place : Map.of(
                        "\"polling\"", "\"" + escaped + "\"",
                        "\"type\":\"payment.succeeded\"", "\"type\":\"" + escaped + "\"",
                        "\"command\":\"simulate\"", "\"command\":\"" + escaped + "\"",
                        "\"command_line\":[", "\"command_line\":[\"" + escaped + "\",")
                .entrySet()) {
            assertThat(record).contains(place.getKey());
            Files.writeString(foreign.resolve("run.json"), record.replace(place.getKey(), place.getValue()));
            Said said = run("report", foreign.toString());
            assertHarmless(said.output());
            assertHarmless(said.errors());
            Said compared = run(
                    "report",
                    run.toString(),
                    foreign.toString(),
                    "--out",
                    directory.resolve("c" + place.getKey().length()).toString());
            assertHarmless(compared.output());
            assertHarmless(compared.errors());
        }
        Files.writeString(foreign.resolve("journal.csv"), """
                mode,consumer,event_id,sequence,side,step,number,from_ns,until_ns,status,detail
                evil%1$s,,evil%1$s,1,provider,occurred,0,0,1,,%1$s
                """.formatted(STEERING.replace("\u2028", "")));
        assertHarmless(run("trace-event", foreign.toString(), "evil" + STEERING.replace("\u2028", "")));
        assertHarmless(run("trace-event", foreign.toString(), "another"));
    }

    @Test
    void jsonStaysAsItIs() throws IOException {
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.writeString(run.resolve("journal.csv"), """
                mode,consumer,event_id,sequence,side,step,number,from_ns,until_ns,status,detail
                webhook,0,a,1,provider,occurred,0,0,1,,\u202eevil\u009b
                """);
        Said said = run("trace-event", run.toString(), "a", "--json");
        assertThat(said.output()).contains("\u202eevil\u009b");
    }

    @Test
    void theBarAndOurColoursAreNotTouched() {
        List<String> printed = new ArrayList<>();
        SafeErrors.during(SecretFlags.none(), () -> {
            printed.add(SafeErrors.bare() instanceof SafeErrors ? "safe" : "bare");
            return 0;
        });
        assertThat(printed).containsExactly("bare");
    }

    @Test
    void aLongTextIsSafeAndWholeHoweverItIsPrinted() {
        String secret = "S3cretOfMine";
        SecretFlags secrets = SecretFlags.of(Main.commandLine(), "receive", "--secret", secret);
        String long1 = "x".repeat(4_090) + secret + "é".repeat(500) + "\u009b";
        Said said = Said.by(
                "",
                new picocli.CommandLine(new picocli.CommandLine.HelpCommand()) {
                    @Override
                    public int execute(String... arguments) {
                        return SafeErrors.during(secrets, () -> {
                            System.err.println(long1);
                            System.err.println((Object) long1);
                            System.err.println(long1.toCharArray());
                            System.err.printf("%s%n", long1);
                            System.err.append(long1).append('\n');
                            new IllegalStateException(long1).printStackTrace();
                            byte[] bytes = (long1 + "\n").getBytes(StandardCharsets.UTF_8);
                            System.err.write(bytes, 0, bytes.length);
                            return 0;
                        });
                    }
                },
                List.of());
        assertHarmless(said.errors());
        assertThat(said.errors()).doesNotContain(secret).contains("***é");
        assertThat(Stream.of(said.errors().split("é\\?")).count()).isGreaterThanOrEqualTo(7);
    }
}
