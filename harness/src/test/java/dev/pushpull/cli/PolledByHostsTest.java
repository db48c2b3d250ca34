package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.SharedClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pollers on hosts, which here are addresses of this one, against an endpoint that counts by itself. */
@ExtendWith(SharedClasses.ForTheProgram.class)
class PolledByHostsTest extends ForeignEndpoints {
    private static final String TWO =
            "[[poller]]\naddress = '127.0.1.1'\n[[poller]]\naddress = '127.0.1.2'\nlauncher = \"sh -c 'exec sh'\"\n";

    /** Without a launcher, so that both have the flags of this JVM, for a short life. */
    private static final String TWO_HERE = "[[poller]]\naddress = '127.0.1.1'\n[[poller]]\naddress = '127.0.1.2'\n";

    private String hosts(String text) throws IOException {
        return Files.writeString(directory.resolve("pollers.toml"), text).toString();
    }

    private Said by(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", out().toString()));
        return Said.by("", all);
    }

    private List<String> hostRows() throws IOException {
        List<String> lines = Files.readAllLines(out().resolve("hosts.csv"));
        return lines.subList(1, lines.size());
    }

    /** New items at every request, so that nothing depends on how long a poll takes. */
    private static RawEndpoint growing() throws IOException {
        return new RawEndpoint((request, to) ->
                to.write(bytes(json("{\"list\":[{\"key\":%d},{\"key\":-%1$d}]}".formatted(request.number())))));
    }

    @Test
    void whatTheHostsCountedIsWhatTheirProviderWasAsked() throws Exception {
        Path body = Files.writeString(directory.resolve("body"), "{\"q\": \"of a file\"}");
        try (RawEndpoint endpoint = growing()) {
            Said said = by(
                    "compare",
                    "--hosts=" + hosts(TWO),
                    "--provider",
                    endpoint.url(),
                    "--consumers",
                    "5",
                    "--interval",
                    "200ms",
                    "--duration",
                    "1s",
                    "--items",
                    "/list",
                    "--id",
                    "/key",
                    "--header",
                    "X-Own: a b, 'c'",
                    "--body",
                    "@" + body);
            assertThat(said.exitCode()).as(said.errors()).isZero();
            assertThat(figure("requests")).isEqualTo(endpoint.asked().size());
            assertThat(figure("hosts")).isEqualTo(2);
            assertThat(figure("pollers")).isEqualTo(5);
            assertThat(figure("backlog")).as("of the first poll of each").isEqualTo(2 * 5);
            assertThat(figure("delivered")).isEqualTo(2 * (figure("polls") - 5));
            assertThat(endpoint.asked()).allSatisfy(asked -> {
                assertThat(asked.values("X-Own")).containsExactly("a b, 'c'");
                assertThat(asked.body()).isEqualTo("{\"q\": \"of a file\"}");
            });
            assertThat(hostRows())
                    .satisfiesExactly(
                            one -> assertThat(one).matches("127\\.0\\.1\\.1,\\d+,2,.*"),
                            other -> assertThat(other).matches("127\\.0\\.1\\.2,\\d+,3,.*"));
            assertThat(said.errors()).contains("these books are one-sided").doesNotContain("own clock");
            assertThat(Files.readString(out().resolve("run.json"))).contains("round_trip_mean_ms");
        }
    }

    @Test
    void aHostThatIsLostIsNamedAndTheOthersKeepWhatTheyCounted() throws Exception {
        try (RawEndpoint endpoint = growing()) {
            Thread kill = new Thread(() -> {
                eventually("all poll", () -> endpoint.asked().size() > 10);
                ProcessHandle.allProcesses()
                        .filter(PolledByHostsTest::isSecondPoller)
                        .forEach(ProcessHandle::destroyForcibly);
            });
            kill.start();
            Said said =
                    by("poll", endpoint.url(), "--hosts", hosts(TWO_HERE), "--interval", "50ms", "--items", "/list");
            assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.INVALID);
            assertThat(said.errors()).contains("pushpull: the poller on 127.0.1.2 ended before its time");
            assertThat(hostRows()).singleElement().asString().startsWith("127.0.1.1,");
            assertThat(figure("polls")).isPositive();
        }
    }

    private static boolean isSecondPoller(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return line.contains("PollersProgram") && line.contains("poller on 127.0.1.2");
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    @Test
    void anEndpointThatCannotBePolledIsNamedWithTheHost() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"no\":1}"))) {
            Said said = by("poll", endpoint.url(), "--hosts", hosts("[[poller]]\n"));
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(said.errors())
                    .contains("pushpull: the poller on 127.0.0.1: " + endpoint.url() + " cannot be polled: ");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
        [provider]|[[poller]]   ! poll http://h/ --hosts FILE ! accepted: tables [[poller]], and no other
        [[poller]]|[[receiver]] ! poll http://h/ --hosts FILE ! accepted: tables [[poller]], and no other
        [[poller]]              ! compare --provider nowhere --hosts FILE ! URL: 'nowhere' is not accepted
        [[poller]]              ! compare --provider http://h/ --hosts FILE --mode webhook ! unknown flag '--mode'
        [[poller]]              ! compare --provider http://h/ ! --provider: it is not accepted without --hosts FILE
        [[poller]]              ! poll http://h/ --consumers 2 ! --consumers: it is not accepted without --hosts FILE
        [[poller]]|[[poller]]|host = 'b' ! poll http://h/ --consumers 1 --hosts FILE ! at least one for each of 2 hosts
        [provider]|[[poller]]   ! claims --hosts FILE ! --hosts: it is not accepted here, since the experiments look
        [provider]|[[poller]]   ! sweep --simulate --mode polling --hosts FILE ! --hosts: not accepted with --simulate
        [provider]|[[poller]]   ! sweep --mode webhook --hosts FILE ! webhook needs a receiver
        [[poller]]              ! compare --hosts FILE ! it has 0 tables [provider]; accepted: one
        """)
    void whatHasNoMeaningIsRefusedInOneLine(String file, String arguments, String named) throws IOException {
        String name = hosts(file.replace('|', '\n'));
        Said said = by(arguments.replace("FILE", name).split(" "));
        assertThat(said.errors()).startsWith("pushpull: ").contains(named).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
