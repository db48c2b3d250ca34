package dev.pushpull.cli;

import dev.pushpull.observe.Observed;
import dev.pushpull.observe.Pairing;
import dev.pushpull.observe.StoredSides;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.observe.PairsFile;
import dev.pushpull.report.stored.StoredItems;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.standalone.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Two runs that are over, paired as if they had been one. */
final class StoredObservation {
    private static final String POLL = "poll";

    private final CommandSpec spec;
    private final OutputFlags output;
    private final String flag;
    private final List<Path> from;
    private final String offsetFlag;
    private final Optional<String> offset;
    private final long graceNanos;

    StoredObservation(
            CommandSpec spec,
            OutputFlags output,
            String flag,
            List<Path> from,
            String offsetFlag,
            Optional<String> offset,
            long graceNanos) {
        this.spec = spec;
        this.output = output;
        this.flag = flag;
        this.from = from;
        this.offsetFlag = offsetFlag;
        this.offset = offset;
        this.graceNanos = graceNanos;
    }

    int call() throws IOException, InterruptedException {
        Map<String, StoredItems> sides = new HashMap<>();
        for (Path folder : from) {
            StoredItems side = StoredItems.read(flag, folder);
            sides.put(side.run().command(), side);
        }
        if (from.size() != 2 || sides.size() != 2) {
            throw Quantity.wrong(
                    flag,
                    String.join(", ", from.stream().map(Path::toString).toList()),
                    "twice: the results folders of one 'pushpull poll' and one 'pushpull receive'");
        }
        StoredItems polls = sides.get(POLL);
        StoredItems pushes = sides.get("receive");
        long offsetNanos = offsetNanos(polls, pushes);
        long intervalNanos = Math.round(1e9 * polls.figure("interval_s"));
        StoredSides both = new StoredSides(
                sightings(polls, 0),
                sightings(pushes, offsetNanos),
                polls.polls().stream()
                        .map(poll -> new StoredSides.Poll(
                                poll.number(), poll.startedNanos(), poll.endedNanos(), poll.read(), poll.whole()))
                        .toList(),
                Math.round(polls.figure("polls")),
                polls.figure("backlog") > 0,
                intervalNanos,
                polls.startedNanos(),
                polls.startedNanos() + Math.round(1e9 * polls.figure("duration_s")),
                pushes.startedNanos() + offsetNanos,
                pushes.startedNanos() + offsetNanos + Math.round(1e9 * pushes.figure("duration_s")));
        if (!both.overlap()) {
            throw new InvalidInputException(
                    flag + ": the two runs did not go on at the same time, so no item can be paired"
                            + (offset.isPresent() ? " with this " + offsetFlag : ""));
        }
        Instant startedAt = Instant.now();
        ResultsFolder folder = output.reserve(ObserveCommand.NAME, startedAt);
        try (PairsFile pairs =
                new PairsFile(folder.path(), SecretFlags.ofThisRun()::masked, StandaloneOutput::trouble)) {
            Pairing pairing =
                    new Pairing(new Pairing.Setup(intervalNanos, graceNanos, Integer.MAX_VALUE, 0), pairs::add);
            both.tell(pairing);
            Observed observed = pairing.observed(both.endNanos());
            boolean written = new ObserveOutput(spec, output, folder, startedAt, true)
                    .say(new ObserveOutput.State(
                            observed,
                            polls.run().figures(),
                            pushes.run().figures(),
                            "the two clocks are as the runs recorded them",
                            false,
                            warnings(polls, pushes, both),
                            List.of()));
            return written && pairs.notWritten() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        } finally {
            folder.discardIfEmpty();
        }
    }

    private long offsetNanos(StoredItems polls, StoredItems pushes) {
        if (offset.isPresent()) {
            String text = offset.get();
            boolean back = text.startsWith("-");
            long nanos = Quantity.durationOrZeroNanos(offsetFlag, back ? text.substring(1) : text);
            return back ? -nanos : nanos;
        }
        if (polls.boot().isEmpty() || !polls.boot().equals(pushes.boot())) {
            throw new InvalidInputException(
                    "%s: the runs do not tell that they had the same clock, so %s is required; accepted: what to add to the receiver's times to get the poller's, such as 250ms or 0"
                            .formatted(flag, offsetFlag));
        }
        return 0;
    }

    private static List<Sighting> sightings(StoredItems side, long offsetNanos) {
        return side.items().stream()
                .map(item -> new Sighting(
                        item.id(),
                        item.version(),
                        item.atNanos() + offsetNanos,
                        item.poll(),
                        item.sourceNanos(),
                        false))
                .toList();
    }

    private static List<String> warnings(StoredItems polls, StoredItems pushes, StoredSides both) {
        List<String> warnings = new ArrayList<>();
        for (StoredItems side : List.of(polls, pushes)) {
            if (side.figure("not_listed") > 0) {
                warnings.add("%s has the first %,d items only; later ones are taken as not seen"
                        .formatted(side.listed(), side.items().size()));
            }
        }
        if (!both.tellsAllPolls()) {
            warnings.add(
                    "the run of 'pushpull poll' wrote down %,d of its %,d polls, and nobody knows what the others did not show: what was pushed after them is push only, and nothing of it gone before polled"
                            .formatted(both.polls().size(), both.pollCount()));
        }
        return warnings;
    }
}
