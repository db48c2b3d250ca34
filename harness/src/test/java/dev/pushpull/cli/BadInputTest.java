package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a command line: one clear line, exit code 2, no results folder. */
class BadInputTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --interval 0s              | --interval
        --sender curl              | unknown sender of --sender 'curl'; accepted: own, okhttp
        --interval=-5s             | --interval
        --interval 5               | --interval
        --interval five            | --interval
        --interval five --inteval 5s | --interval: 'five' is not accepted; accepted: a duration such as
        --interval 5parsecs        | --interval
        --interval 0.1ns           | --interval
        --duration 0s              | --duration
        --duration 1e3s            | --duration
        --duration 99999999999d    | --duration
        --drain -1s                | --drain
        --rate 0/s                 | --rate
        --rate=-1/s                | --rate
        --rate 5                   | --rate
        --rate 5/w                 | --rate
        --payload 0B               | --payload
        --payload 1                | --payload
        --payload 1TiB             | --payload
        --payload 100MiB           | --payload
        --consumers 0              | --consumers
        --consumers=-3             | --consumers
        --consumers 2.5            | --consumers
        --consumers many           | --consumers
        --consumers 99999999999    | --consumers
        --page-limit 0             | --page-limit
        --page-limit 1001          | --page-limit
        --retention 0              | --retention
        --seed one                 | --seed
        --scheme githab            | did you mean 'github'?
        --retry 5s,,5s             | --retry
        --retry soon               | --retry
        --retry-jitter 2           | --retry-jitter
        --in-flight 0              | --in-flight
        --in-flight-per-endpoint 0 | --in-flight-per-endpoint
        --connect-timeout 0s       | --connect-timeout
        --response-timeout never   | --response-timeout
        --rtt=-1ms                 | --rtt
        --rtt 40                   | --rtt
        --rtt 3s                   | a duration from 0s to 2s
        --rtt 300ms                | a poll over a new connection
        --processes many           | one, separate
        --processes separate --tls | accepted: 'one' together with --tls
        --trials 0                 | --trials
        --rtt 170ms --tls          | a poll over a new connection
        --mode hybrid --rtt 1s --reconcile 1s | end within --reconcile 1s
        --keep-alive=-1s           | --keep-alive
        --keep-alive never         | --keep-alive
        --keep-alive 25h           | a duration from 0s to 1d
        --interval 31s             | no longer than the run
        --interval 2s --duration 1s| no longer than the run
        --outage 5s@26s            | --outage: '5s@26s' is not accepted; accepted: LENGTH@START that lies within the run of 30s
        --outage 5s                | LENGTH@START such as 10m@2h, or LENGTH/PERIOD such as 10m/34h
        --outage 5s/5s             | a LENGTH below the PERIOD
        --outage 5s/26s            | of which one outage, after a PERIOD, lies within the run of 30s
        --mean-up 5s               | --mean-up and --mean-down together
        --failure-rate 1           | a number from 0 to 1, below 1
        --failure-rate 2           | a number from 0 to 1
        --duplicate-rate 1         | a number from 0 to 1, below 1
        --duplicate-rate=-0.5      | --duplicate-rate
        --phase diagonal           | --phase
        --streams both             | --streams
        --arrivals poison          | did you mean 'poisson'?
        --mode poling              | did you mean 'polling'?
        --mode webhook,webhook     | each mode once
        --mode polling,            | unknown mode
        --speedup 5                | --speedup
        --trace-from 5             | --trace-from
        --burst-rate 5/s           | --burst-rate
        --arrivals bursty --burst-rate 1/s | above the mean rate
        --arrivals bursty --rate 1/s --burst-rate 2/s --mean-on 1s --mean-off 9s | contradicts
        --rate 1000000/s --duration 1h | million events
        --assert webhook.latency_p99_ms | --assert
        --assert webhook.latency_p99_ms<fast | --assert
        --assert webhok.latency_p99_ms<50 | did you mean 'webhook'?
        --assert webhook.latency_mean<50 | did you mean 'latency_mean_ms'?
        --assert webhook.mode<50   | metric
        --assert long-polling.missed<1 | mode
        --mode polling --reconcile 5s | none of the modes polling has it
        --mode hybrid --reconcile 31s | no longer than the run
        --mode sse --reconcile 31s | no longer than the run
        --mode sse --stream-lifetime 2s --make-before-break | one below --stream-lifetime 2s
        --mode long-polling --wait 1500ms | whole seconds from 1s to 60s
        --mode long-polling --wait 2m | whole seconds from 1s to 60s
        --mode long-polling --consumers 100000 --duration 1s | ephemeral ports
        --mode thin-webhook --debounce soon | a duration such as 250ms
        --mode thin-webhook --debounce=-1s | --debounce
        --mode thin-webhook --debounce 31s | no longer than the run
        --mode thin-webhook --visibility-lag 1m | no longer than the run
        --mode thin-webhook --again-after 0s | a duration above 0
        --mode thin-webhook --when-not-visible never | accepted: again, next-ping, skip
        --mode batched-webhook --batch-wait 31s | no longer than the run
        --mode batched-webhook --batch-wait 0s | a duration above 0
        --mode batched-webhook --batch-size 0 | a whole number from 1 to 10000
        --mode batched-webhook --batch-law soon | accepted: first-event, last-dispatch, window, pending
        --mode batched-webhook --refused-share 1.1 | a number from 0 to 1
        --batch-split              | none of the modes polling,webhook has it
        --debounce 1s              | none of the modes polling,webhook has it
        --mode adaptive-polling --min-interval 2s --max-interval 1s | no less than --min-interval 2s
        --mode adaptive-polling --min-interval 1m | no longer than the run
        --mode adaptive-polling --max-interval 1m | no longer than the run
        --mode adaptive-polling --factor 1 | a number above 1
        --inteval 5s               | did you mean '--interval'?
        --interval                 | --interval
        --interval 1s --interval 2s| --interval
        stray                      | stray
        """)
    void aFlagThatCannotBeHonouredIsRefusedInOneLine(String arguments, String named) throws IOException {
        assertRefused(run(("compare " + arguments).split(" ")), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"comparr", "", "--frobnicate"})
    void anUnknownCommandIsRefusedInOneLine(String command) throws IOException {
        Said said = command.isEmpty() ? run() : run(command);
        assertRefused(said, "compar".contains(command) || command.startsWith("comp") ? "compare" : command);
    }

    @ParameterizedTest
    @CsvSource({"poll,URL", "report,RUN", "trace,FILE", "trace-event,RUN"})
    void whatACommandNeedsIsNamedWithTheWayToItsHelp(String command, String missing) throws IOException {
        assertRefused(run(command), missing + ": it is missing; see pushpull " + command + " --help");
    }

    @Test
    void aMissingTraceIsNamed() throws IOException {
        assertRefused(run("compare", "--trace", directory.resolve("nowhere.txt").toString()), "nowhere.txt");
    }

    @Test
    void anEmptyTraceIsNamed() throws IOException {
        Path trace = Files.writeString(directory.resolve("empty.txt"), "\n\n");
        assertRefused(run("compare", "--trace", trace.toString()), "empty.txt holds no event times");
        Files.delete(trace);
    }

    @Test
    void aLineThatIsNoTimeIsNamedWithItsNumber() throws IOException {
        Path trace = Files.writeString(directory.resolve("bad.txt"), "1517443200\nyesterday\n1517443260\n");
        assertRefused(run("compare", "--trace", trace.toString()), "bad.txt line 2: 'yesterday'");
        Files.delete(trace);
    }

    @Test
    void aTraceGoesWithNoSyntheticArrivals() throws IOException {
        Path trace = Files.writeString(directory.resolve("trace.txt"), "1517443200\n1517443260\n");
        assertRefused(run("compare", "--trace", trace.toString(), "--rate", "5/s"), "--rate");
        assertRefused(run("compare", "--trace", trace.toString(), "--arrivals", "poisson"), "--arrivals");
        assertRefused(run("compare", "--trace", trace.toString(), "--streams", "per-consumer"), "--streams");
        assertRefused(run("compare", "--trace", trace.toString(), "--trace-from", "2"), "--trace-from");
        assertRefused(run("compare", "--trace", trace.toString(), "--trace-events", "3"), "--trace-events");
        assertRefused(run("compare", "--trace", trace.toString(), "--speedup", "0"), "--speedup");
        Files.delete(trace);
    }

    @Test
    void aTraceOfOneMomentNeedsADuration() throws IOException {
        Path trace = Files.writeString(directory.resolve("moment.txt"), "1517443200\n1517443200\n");
        assertRefused(run("compare", "--trace", trace.toString()), "spans no time");
        Files.delete(trace);
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefusedBeforeAnythingRuns() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "in the way");
        assertRefused(run("compare", "--out", file.resolve("below").toString()), "--out");
        assertRefused(run("compare", "--out", file.toString()), "--out");
        Files.delete(file);
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() throws IOException {
        Path full = Files.createDirectory(directory.resolve("full"));
        Files.writeString(full.resolve("kept.txt"), "kept");
        Said said = run("compare", "--out", full.toString());
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).contains("--out").hasLineCount(1);
        assertThat(full.resolve("kept.txt")).hasContent("kept");
    }

    @Test
    void theStackTraceIsShownOnlyWhenAskedFor() throws IOException {
        assertThat(run("--debug", "compare", "--rate", "0/s").errors()).contains("\tat ");
        assertThat(run("compare", "--rate", "0/s").errors()).doesNotContain("\tat ");
    }

    private void assertRefused(Said said, String named) throws IOException {
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.USAGE);
        assertThat(said.output()).isEmpty();
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left.filter(path -> path.toString().contains("results"))).isEmpty();
        }
    }

    /** Runs the command line itself in the test's folder, unless the arguments say otherwise. */
    private Said run(String... arguments) {
        boolean hasOut = Arrays.asList(arguments).contains("--out");
        boolean compares = Arrays.asList(arguments).contains("compare");
        String[] all = hasOut || !compares
                ? arguments
                : Stream.concat(
                                Arrays.stream(arguments),
                                Stream.of("--out", directory.resolve("results").toString()))
                        .toArray(String[]::new);
        return Said.by("", List.of(all));
    }
}
