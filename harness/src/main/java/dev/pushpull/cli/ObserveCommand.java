package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.Receiving;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code observe}: polls a system and takes its webhooks, and pairs the items. */
@Command(
        header = "Poll a real system and take its webhooks: how much sooner, and what is missed.",
        name = ObserveCommand.NAME,
        sortOptions = false,
        description =
                "Polls an endpoint and takes the same system's webhooks, in one process with one clock, and pairs "
                        + "their items by id and version: how much sooner the webhooks came, what either way missed, and which "
                        + "interval would suit. A first poll is read before the receiver opens; what it shows is the backlog. "
                        + "It runs until you stop it; SIGHUP writes the results so far. --from pairs two runs that are over.",
        footer = {
            "",
            "Examples:",
            "  pushpull observe --poll http://127.0.0.1:8080/events --interval 5s \\",
            "    --receive 127.0.0.1:8081 --subscribe http://127.0.0.1:8080",
            "  pushpull observe --poll https://api.example.com/v1/events --interval 5s \\",
            "    --poll-header 'Authorization: Bearer ...' --receive 0.0.0.0:8081/hook \\",
            "    --scheme stripe --secret-file s --push-id /id --push-time /created",
            "  pushpull observe --from results/poll --from results/receive",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 130 interrupted."
        })
@Essentials({"--poll", "--receive", "--interval", "--items", "--id", "--secret-file", "--push-id", "--from"})
final class ObserveCommand implements Callable<Integer>, Interruptible {
    static final String NAME = "observe";
    private static final String POLL = "--poll";
    private static final String RECEIVE = "--receive";
    private static final String FROM = "--from";
    private static final String OFFSET = "--offset";
    private static final String CONTINUE = "--continue";

    @Spec
    private CommandSpec spec;

    @Option(names = POLL, paramLabel = "URL", description = "The endpoint to poll, http or https.")
    @Secret(SecretKind.URL)
    private String poll;

    @Option(
            names = RECEIVE,
            paramLabel = "HOST:PORT/PATH",
            description = "Where to listen for webhooks; port 0 for any free port.")
    private String receive;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            defaultValue = "1m",
            description =
                    "How long after an interval an item may still come the other way; nothing seen so close to the "
                            + "beginning or the end is called missed (default: ${DEFAULT-VALUE}).")
    private Duration grace;

    @Option(
            names = {ScenarioFlags.DURATION, ScenarioFlags.HORIZON},
            paramLabel = "DURATION",
            description = "Stop this long after it was ready (default: run until stopped).")
    private Duration duration;

    @Option(
            names = CONTINUE,
            paramLabel = "RUN",
            description = "The results folder of an earlier run: what it saw is the backlog; its inbox is used again.")
    private Path continued;

    @Option(
            names = FROM,
            paramLabel = "RUN",
            description =
                    "Instead of observing: the results folders of 'pushpull poll' and 'pushpull receive' (twice).")
    private List<Path> from = new ArrayList<>();

    @Option(
            names = OFFSET,
            paramLabel = "DURATION",
            description = "With --from: what to add to the receiver's times to get the poller's, such as 250ms or -2s; "
                    + "required when their clocks were not the same.")
    private String offset;

    @Mixin
    private PollSourceFlags source = new PollSourceFlags();

    @Mixin
    private ReceiverFlags receiver = new ReceiverFlags();

    @Mixin
    private WatchFlag watch = new WatchFlag();

    @Mixin
    private OutputFlags output = new OutputFlags();

    private final Interruption interruption = new Interruption();

    @Override
    public void interrupt() {
        interruption.request();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!from.isEmpty()) {
            excluded(POLL, poll);
            excluded(RECEIVE, receive);
            excluded(CONTINUE, continued);
            excluded(ScenarioFlags.DURATION, duration);
            excluded(WatchFlag.NAME, watch.given() ? true : null);
            return new StoredObservation(spec, output, FROM, from, OFFSET, Optional.ofNullable(offset), grace.toNanos())
                    .call();
        }
        if (offset != null) {
            throw new InvalidInputException(OFFSET + ": it is not accepted without --from");
        }
        required(POLL, poll);
        required(RECEIVE, receive);
        EndpointPolling.Setup polls = source.setup(POLL, poll);
        Function<Path, Receiving.Setup> pushes = receiver.read(ListenAddress.read(RECEIVE, receive));
        long mostNanos = duration == null ? Long.MAX_VALUE / 2 : duration.toNanos();
        receiver.warning().ifPresent(System.err::println);
        return new LiveObservation(
                        spec,
                        output,
                        watch,
                        polls,
                        pushes,
                        grace.toNanos(),
                        Optional.ofNullable(continued),
                        interruption)
                .call(mostNanos);
    }

    private static void required(String flag, String value) {
        if (value == null) {
            throw new InvalidInputException(
                    flag + ": it is missing; required are --poll and --receive, or --from twice");
        }
    }

    private static void excluded(String flag, Object value) {
        if (value != null) {
            throw new InvalidInputException(flag + ": it is not accepted with --from, which observes nothing anew");
        }
    }
}
