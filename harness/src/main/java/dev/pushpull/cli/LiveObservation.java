package dev.pushpull.cli;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.Interruption;
import dev.pushpull.host.NanoClock;
import dev.pushpull.observe.Observation;
import dev.pushpull.observe.Pairing;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.observe.PairsFile;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.Receiving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** An observation while it goes on: both sides, the files that grow, and what a person is told. */
final class LiveObservation {
    private static final int MOST_WAITING = 100_000;
    private static final String INBOX = "inbox.db";

    /** How often the state is told and kept; another only in tests. */
    private static final long KEPT_EVERY_NANOS =
            TimeUnit.SECONDS.toNanos(Long.getLong("pushpull.observeKeptEverySeconds", 3_600));

    private final CommandSpec spec;
    private final OutputFlags output;
    private final WatchFlag watch;
    private final EndpointPolling.Setup polls;
    private final Function<Path, Receiving.Setup> pushes;
    private final long graceNanos;
    private final Optional<Path> continued;
    private final Interruption interruption;
    private final long epochOffsetNanos = HostClocks.now(NanoClock.SYSTEM).offsetNanos();
    private Receiving receiving;
    private long keptNanos;

    LiveObservation(
            CommandSpec spec,
            OutputFlags output,
            WatchFlag watch,
            EndpointPolling.Setup polls,
            Function<Path, Receiving.Setup> pushes,
            long graceNanos,
            Optional<Path> continued,
            Interruption interruption) {
        this.spec = spec;
        this.output = output;
        this.watch = watch;
        this.polls = polls;
        this.pushes = pushes;
        this.graceNanos = graceNanos;
        this.continued = continued;
        this.interruption = interruption;
    }

    /** Observes for so long, and returns the exit code. */
    int call(long mostNanos) throws IOException, InterruptedException {
        List<Path> earlier = continued.map(PairsFile::continued).orElse(List.of());
        Deque<Consumer<Pairing>> known = known(earlier);
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(ObserveCommand.NAME, startedAt);
        ShutdownGuard guard = new ShutdownGuard(interruption);
        boolean clocked = polls.pace().hold().isEmpty() && polls.format().isEmpty();
        try (WatchedObservation page =
                        WatchedObservation.of(watch, clocked, polls.pace().intervalNanos());
                PairsFile pairs =
                        new PairsFile(folder.path(), SecretFlags.ofThisRun()::masked, StandaloneOutput::trouble)) {
            Pairing pairing = new Pairing(
                    new Pairing.Setup(polls.pace().intervalNanos(), graceNanos, MOST_WAITING, epochOffsetNanos),
                    pairs::add,
                    pairs::change,
                    page.items());
            if (continued.isPresent()) {
                PairsFile.continues(folder.path(), continued.get());
            }
            known.forEach(item -> item.accept(pairing));
            EndpointPolling polling =
                    new EndpointPolling(polls, this::tell, line -> watched("poll", line), pairing.polls());
            ObserveOutput results = new ObserveOutput(spec, output, folder, startedAt, clocked);
            try (Observation observation = new Observation(pairing, polling)) {
                if (!open(observation, polling, inbox(earlier, folder))) {
                    return ExitCode.INTERRUPTED;
                }
                ready();
                page.ready();
                Hangup hangup = Hangup.watched();
                keptNanos = NanoClock.SYSTEM.nanoTime();
                observation.run(interruption, mostNanos, now -> {
                    page.progress(pairing, now, mostNanos);
                    if (hangup.came() || now - keptNanos >= KEPT_EVERY_NANOS) {
                        keep(state(page, pairing, polling, true), pairing, pairs, results, now);
                    }
                });
                observation.stop();
                page.over();
                boolean written = results.say(state(page, pairing, polling, interruption.requested()));
                page.report(folder.path());
                return StandaloneOutput.exitCode(written && pairs.notWritten() == 0, receiving.trouble(), interruption);
            }
        } finally {
            if (receiving == null) {
                clear(folder);
            }
            folder.discardIfEmpty();
            guard.close();
        }
    }

    /** What earlier runs saw, the last of it. */
    private static Deque<Consumer<Pairing>> known(List<Path> runs) {
        Deque<Consumer<Pairing>> known = new ArrayDeque<>();
        for (int i = runs.size() - 1; i >= 0; i--) {
            PairsFile.read(runs.get(i), (id, version) -> {
                known.add(pairing -> pairing.known(id, version));
                if (known.size() > Pairing.MOST_REMEMBERED) {
                    known.remove();
                }
            });
        }
        return known;
    }

    /** The folder whose inbox is used again, or the new one. */
    private static Path inbox(List<Path> runs, ResultsFolder folder) {
        return runs.stream()
                .filter(run -> Files.isRegularFile(run.resolve(INBOX)))
                .findFirst()
                .orElse(folder.path());
    }

    private boolean open(Observation observation, EndpointPolling polling, Path inbox)
            throws IOException, InterruptedException {
        try {
            return observation.open(interruption, listener -> {
                receiving = new Receiving(
                        pushes.apply(inbox),
                        line -> watched("push", line),
                        StandaloneOutput::trouble,
                        listener,
                        polling.clock());
                return receiving;
            });
        } catch (IOException | RuntimeException e) {
            if (receiving == null && isOfTheFlags(e)) {
                throw new InvalidInputException(Failures.sentence(e));
            }
            throw e;
        }
    }

    /** The address to poll is no list, or the one to listen on is in use. */
    private static boolean isOfTheFlags(Throwable e) {
        return Failures.sentence(e).contains(" cannot be polled: ")
                || Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                        .anyMatch(BindException.class::isInstance);
    }

    private void ready() {
        if (!output.quiet()) {
            System.err.println("Receiving at " + receiving.address());
            System.err.println("observe: ready; what the first poll read is the backlog, and it measures from now on");
        }
    }

    private ObserveOutput.State state(
            WatchedObservation page, Pairing pairing, EndpointPolling polling, boolean partial) {
        List<String> warnings = new ArrayList<>(polling.warnings());
        warnings.addAll(receiving.warnings());
        String clock = polling.serverClock()
                .map(offset ->
                        "their clock is %s this host's, by the Date headers of %,d answers, which are a second coarse"
                                .formatted(between(offset.leastNanos(), offset.mostNanos()), offset.exchanges()))
                .orElse("how far their clock is ahead of this host's is not known");
        Map<String, Object> polled = new LinkedHashMap<>(polling.figures());
        polled.put("consumer_cpu_ms", null); // a poller takes all of its process for its own, and here it is not
        return new ObserveOutput.State(
                pairing.observed(NanoClock.SYSTEM.nanoTime()),
                polled,
                receiving.figures(),
                clock,
                partial,
                warnings,
                page.cost());
    }

    /** {@code 938 ms behind to 63 ms ahead of}. */
    static String between(long leastNanos, long mostNanos) {
        return mostNanos <= 0
                ? millis(-mostNanos) + " to " + millis(-leastNanos) + " behind"
                : leastNanos < 0
                        ? millis(-leastNanos) + " behind to " + millis(mostNanos) + " ahead of"
                        : millis(leastNanos) + " to " + millis(mostNanos) + " ahead of";
    }

    private static String millis(long nanos) {
        return Math.round(nanos / 1e6) + " ms";
    }

    /** Tells the state and writes it down, and goes on. */
    private void keep(
            ObserveOutput.State state, Pairing pairing, PairsFile pairs, ObserveOutput results, long nowNanos) {
        keptNanos = nowNanos;
        try {
            tell(results.line(state));
            pairing.keep(nowNanos, undecided -> {
                try {
                    pairs.keep(undecided);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            results.written(state);
        } catch (UncheckedIOException e) {
            StandaloneOutput.trouble("the results so far could not be written: " + Failures.sentence(e));
        }
    }

    private void tell(String line) {
        if (!output.quiet()) {
            System.err.println("observe: " + line);
        }
    }

    private void watched(String side, Supplier<String> line) {
        if (output.report()) {
            Terminal.print(side + " " + line.get() + "\n");
        }
    }

    /** Nothing was observed, so nothing is left behind. */
    private static void clear(ResultsFolder folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.path())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }
}
