package dev.pushpull.cli;

import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.hosts.HostLostException;
import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.hosts.LaunchedJvm;
import dev.pushpull.hosts.ThisProgram;
import dev.pushpull.load.Lines;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.scenario.EvidenceTable;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.PollTally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Pollers on several hosts against a system of others. It keeps no ledger for us, so the books are one-sided: what these
 * pollers sent and read, a host each and in sum.
 */
final class PolledByHosts {
    /** Time to tell all hosts when to start. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ENDLESS = Duration.ofNanos(Long.MAX_VALUE);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final String ONE_SIDED =
            "these books are one-sided: what the pollers sent and read; nobody else counted it. Each poller counts what"
                    + " it read, so an item counts once a poller";
    private static final String CLOCKS = "latency compares the times that items tell with each host's own clock;"
            + " how these clocks differ is not known, so neither is its error";

    private final HostPlan plan;
    private final int pollers;
    private final CommandSpec spec;
    private final String url;
    private final EndpointPolling.Setup setup;
    private final List<Started> parts = new ArrayList<>();

    /** @param aheadNanos how far its clock is ahead of this host's */
    private record Started(LaunchedJvm jvm, int processors, long aheadNanos, CompletableFuture<PollTally> end) {
        HostPart part() {
            return jvm.part();
        }
    }

    PolledByHosts(HostPlan plan, int pollers, CommandSpec spec, String url, EndpointPolling.Setup setup) {
        this.plan = plan;
        this.pollers = pollers;
        this.spec = spec;
        this.url = url;
        this.setup = setup;
    }

    /** Polls and reports; returns the exit code. */
    int run(long mostNanos, Interruption interruption, OutputFlags output, ResultsFolder folder)
            throws IOException, InterruptedException {
        List<String> flags = flags();
        try {
            for (HostPart part : plan.parts()) {
                parts.add(started(part));
            }
            Instant startedAt = Instant.now().plusNanos(LEAD_NANOS);
            begin(flags, mostNanos);
            Optional<String> lost = await(interruption);
            Map<HostPart, PollTally> tallies = tallies();
            if (tallies.isEmpty()) {
                throw new HostLostException(lost.orElse("no host said what it did"));
            }
            boolean written = say(output, folder, startedAt, tallies);
            lost.ifPresent(StandaloneOutput::trouble);
            return lost.isPresent()
                    ? ExitCode.INVALID
                    : StandaloneOutput.exitCode(written, Optional.empty(), interruption);
        } finally {
            parts.parallelStream().forEach(part -> part.jvm().close());
        }
    }

    private Started started(HostPart part) throws IOException, InterruptedException {
        LaunchedJvm jvm = new LaunchedJvm(part, PollersProgram.class);
        try {
            long sentNanos = NanoClock.SYSTEM.nanoTime();
            jvm.send(PollersProgram.HELLO);
            PollersProgram.Hello hello = Lines.read(answer(jvm, PATIENCE), PollersProgram.Hello.class);
            long heardNanos = NanoClock.SYSTEM.nanoTime();
            if (!hello.program().equals(ThisProgram.identity())) {
                throw new HostLostException("the %s runs pushpull %s, and this is %s: both must be the same"
                        .formatted(part.name(), hello.program(), ThisProgram.identity()));
            }
            jvm.expectBeats();
            return new Started(
                    jvm,
                    hello.processors(),
                    hello.nanos() - sentNanos - (heardNanos - sentNanos) / 2,
                    new CompletableFuture<>());
        } catch (IOException | InterruptedException | RuntimeException e) {
            jvm.close();
            throw e;
        }
    }

    /** A line that holds a value; any other line says what went wrong there. */
    private static String answer(LaunchedJvm jvm, Duration atMost) throws IOException, InterruptedException {
        String line = jvm.receive(atMost);
        if (!line.startsWith("{")) {
            throw new IOException("the %s: %s".formatted(jvm.part().name(), line));
        }
        return line;
    }

    /** All hosts share the pollers by number, whose first polls are spread evenly over an interval. */
    private void begin(List<String> flags, long mostNanos) throws IOException, InterruptedException {
        long startNanos = NanoClock.SYSTEM.nanoTime() + LEAD_NANOS;
        long spreadNanos = Math.min(setup.pace().intervalNanos(), mostNanos);
        for (int i = 0; i < parts.size(); i++) {
            List<Long> offsets = new ArrayList<>();
            for (long number = from(i); number < from(i + 1); number++) {
                offsets.add(Math.round((double) spreadNanos * number / pollers));
            }
            Started part = parts.get(i);
            part.jvm()
                    .send(Lines.of(
                            new PollersProgram.Work(url, flags, startNanos + part.aheadNanos(), offsets, mostNanos)));
        }
        for (Started part : parts) {
            String said = part.jvm().receive(PATIENCE);
            if (!said.equals(PollersProgram.IN_TIME)) {
                throw new HostLostException("the %s was told when to start, and said: %s"
                        .formatted(part.part().name(), said));
            }
            Thread listener =
                    new Thread(() -> listen(part), "end of the " + part.part().name());
            listener.setDaemon(true);
            listener.start();
        }
    }

    private long from(int host) {
        return (long) pollers * host / parts.size();
    }

    private static void listen(Started part) {
        try {
            PollersProgram.Reply reply = Lines.read(answer(part.jvm(), ENDLESS), PollersProgram.Reply.class);
            if (reply.failure().isEmpty()) {
                part.end().complete(reply.tally());
            } else {
                throw new IOException("the %s: %s".formatted(part.part().name(), reply.failure()));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            part.end().completeExceptionally(e);
        }
    }

    /** Waits until all have ended, stopping them when someone wants that, or one fails; returns who was lost. */
    private Optional<String> await(Interruption interruption) throws IOException, InterruptedException {
        while (parts.stream().anyMatch(part -> !part.end().isDone())
                && parts.stream().noneMatch(part -> part.end().isCompletedExceptionally())
                && !interruption.await(LOOK_EVERY_NANOS)) {
            // keep waiting
        }
        for (Started part : parts) {
            if (!part.end().isDone() && part.jvm().lost().isEmpty()) {
                part.jvm().send(PollersProgram.STOP);
            }
        }
        long untilNanos = NanoClock.SYSTEM.nanoTime() + FAREWELL_NANOS;
        while (parts.stream().anyMatch(part -> !part.end().isDone()) && NanoClock.SYSTEM.nanoTime() < untilNanos) {
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY_NANOS);
        }
        for (Started part : parts) {
            if (!part.end().isDone()) {
                return Optional.of(
                        "the %s did not say what it did".formatted(part.part().name()));
            }
            try {
                part.end().join();
            } catch (CompletionException e) {
                if (e.getCause() instanceof HostLostException lost) {
                    return Optional.of(lost.getMessage());
                }
                throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
            }
        }
        return Optional.empty();
    }

    private Map<HostPart, PollTally> tallies() {
        Map<HostPart, PollTally> tallies = new LinkedHashMap<>();
        for (Started part : parts) {
            if (part.end().isDone() && !part.end().isCompletedExceptionally()) {
                tallies.put(part.part(), part.end().join());
            }
        }
        return tallies;
    }

    private boolean say(OutputFlags output, ResultsFolder folder, Instant startedAt, Map<HostPart, PollTally> tallies) {
        PollTally sum = tallies.values().stream().reduce(PollTally.NONE, PollTally::plus);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("mode", "poll");
        figures.put("interval_s", setup.pace().intervalNanos() / 1e9);
        figures.put("hosts", tallies.size());
        figures.putAll(sum.figures());
        figures.put("books", "one-sided");
        List<List<Object>> rows = new ArrayList<>();
        for (Started part : parts) {
            PollTally tally = tallies.get(part.part());
            if (tally != null) {
                rows.add(Stream.concat(
                                Stream.of(part.part().host(), part.processors()),
                                tally.figures().values().stream().map(value -> value == null ? "" : value))
                        .toList());
            }
        }
        List<String> columns = Stream.concat(Stream.of("host", "processors"), sum.figures().keySet().stream())
                .toList();
        boolean written = StandaloneOutput.say(
                spec, output, folder, startedAt, figures, new EvidenceTable("hosts", columns, rows));
        if (output.report()) {
            tallies.forEach((part, tally) -> System.err.println("%s: %d pollers, %s requests, %s bytes read"
                    .formatted(
                            part.name(),
                            tally.pollers(),
                            tally.figures().get("requests"),
                            tally.figures().get("bytes_to_consumer"))));
        }
        if (!output.quiet()) {
            System.err.println("poll: " + ONE_SIDED);
            if (sum.lateness().count() > 0) {
                System.err.println("poll: " + CLOCKS);
            }
        }
        return written;
    }

    /** What was given of the flags that say what to poll, for another host to read; a body's file is read here. */
    private List<String> flags() {
        CommandSpec source = new CommandLine(new PollSourceFlags()).getCommandSpec();
        List<String> flags = new ArrayList<>();
        for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
            if (source.findOption(given.longestName()) == null) {
                continue;
            }
            List<String> values = given.originalStringValues();
            if (isSwitch(given)) {
                flags.add(given.longestName());
            } else {
                values.forEach(value -> flags.add(given.longestName() + "=" + there(given, value)));
            }
        }
        return flags;
    }

    private static boolean isSwitch(ArgSpec given) {
        return given.arity().max() == 0;
    }

    private static String there(OptionSpec given, String value) {
        if (!given.longestName().equals(BodyFlag.NAME) || !value.startsWith("@")) {
            return value;
        }
        byte[] body = BodyFlag.bytes(BodyFlag.NAME, value);
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.startsWith("@") || !Arrays.equals(body, text.getBytes(StandardCharsets.UTF_8))) {
            throw new InvalidInputException(BodyFlag.NAME
                    + ": this file is not accepted with --hosts; accepted: UTF-8, without @ at its beginning");
        }
        return text;
    }
}
