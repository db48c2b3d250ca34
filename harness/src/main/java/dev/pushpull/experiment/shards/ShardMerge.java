package dev.pushpull.experiment.shards;

import dev.pushpull.experiment.VirtualTrial;
import dev.pushpull.experiment.shards.ShardPlan.Stretch;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Slots;
import dev.pushpull.virtual.TallyBytes;
import dev.pushpull.virtual.VirtualTally;
import dev.pushpull.virtual.VirtualTime;
import dev.pushpull.virtual.VirtualTime.Simulated;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Puts the shards of a simulation together, in the order in which one host would have added them. */
public final class ShardMerge {
    private static final int MOST_NAMED = 10;

    private final ShardPlan plan;
    private final ShardOrigin own;
    private final ShardFolder folder;
    private final List<List<Outcome>> outcomes = new ArrayList<>();
    private final TreeSet<String> hosts = new TreeSet<>();
    private String startedAt = "";
    private long cpuNanos;

    /** Of the mode and trial that is being put together. */
    private VirtualTally sum;

    /** @param own what the shards must be of */
    public ShardMerge(ShardPlan plan, ShardOrigin own, ShardFolder folder) {
        this.plan = plan;
        this.own = own;
        this.folder = folder;
        plan.cells().forEach(cell -> outcomes.add(new ArrayList<>()));
    }

    /**
     * The merged simulation.
     *
     * @param outcomes of each cell, as one host orders them
     * @param hosts that simulated
     * @param startedAt when the first of them began, as an ISO-8601 instant
     * @param cpuSeconds of all processors together
     */
    public record Merged(
            List<List<Outcome>> outcomes, int shards, List<String> hosts, String startedAt, double cpuSeconds) {}

    /**
     * Merges them.
     *
     * @throws InvalidInputException that names what is missing, damaged or of another simulation
     */
    public Merged merged() throws IOException {
        int of = count();
        List<Integer> missing = new ArrayList<>();
        for (int number = 1; number <= of; number++) {
            if (!Files.exists(folder.file(new Shard(number, of)))) {
                missing.add(number);
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException("%s: %s missing; accepted: all %d shards (run %s)"
                    .formatted(folder.path(), named(missing, of), of, "--shard " + missing.get(0) + "/" + of));
        }
        for (int number = 1; number <= of; number++) {
            Shard shard = new Shard(number, of);
            Path file = folder.file(shard);
            try {
                ShardFile.read(file, in -> add(file, shard, in));
            } catch (ShardFile.DamagedException e) {
                throw ShardFile.refused(
                        file, e, "shards that are whole; run --shard " + shard + " again, which replaces it");
            }
        }
        folder.sweep();
        return new Merged(outcomes, of, List.copyOf(hosts), startedAt, cpuNanos / 1e9);
    }

    /** How many there should be. */
    private int count() throws IOException {
        int of = 0;
        Path first = null;
        for (Path file : folder.files()) {
            String name = file.getFileName().toString();
            if (!name.matches("\\d{6}-of-\\d{6}\\.shard")) {
                throw new InvalidInputException(file + " is no shard; accepted: files that --shard wrote");
            }
            int those = Integer.parseInt(name.substring(10, 16));
            if (of != 0 && of != those) {
                throw new InvalidInputException(
                        "%s and %s do not go together; accepted: the same N for all shards in a folder"
                                .formatted(first.getFileName(), name));
            }
            of = those;
            first = file;
        }
        return of;
    }

    private static String named(List<Integer> missing, int of) {
        List<String> names = missing.stream()
                .limit(MOST_NAMED)
                .map(number -> number + "/" + of)
                .toList();
        String more = missing.size() > MOST_NAMED ? " and %d more".formatted(missing.size() - MOST_NAMED) : "";
        return (missing.size() == 1 ? "shard " : "shards ")
                + String.join(", ", names)
                + more
                + (missing.size() == 1 ? " is" : " are");
    }

    private Void add(Path file, Shard shard, DataInputStream in) throws IOException {
        ShardOrigin origin = ShardOrigin.read(in);
        ShardFolder.check(file, own, origin);
        List<Stretch> stretches = plan.of(shard);
        if (in.readInt() != shard.number() || in.readInt() != shard.of() || in.readInt() != stretches.size()) {
            throw new InvalidInputException(file + " holds another shard; accepted: files under their own names");
        }
        for (Stretch stretch : stretches) {
            add(stretch, in);
        }
        hosts.add(origin.host());
        startedAt = startedAt.isEmpty() || origin.startedAt().compareTo(startedAt) < 0 ? origin.startedAt() : startedAt;
        cpuNanos += in.readLong();
        return null;
    }

    private void add(Stretch stretch, DataInputStream in) throws IOException {
        VirtualTrial trial = plan.trial(stretch);
        Simulated simulated = trial.simulated();
        Slots slots = new Slots(in.readLong(), in.readDouble(), in.readLong(), in.readDouble());
        for (int left = in.readInt(); left > 0; left--) {
            VirtualTally more = TallyBytes.read(
                    in, simulated.sizes(), trial.scenario().events().consumers());
            sum = sum == null ? more : VirtualTime.sum(List.of(sum, more));
        }
        if (stretch.to() == stretch.parts()) {
            outcomes.get(stretch.cell()).add(trial.named(VirtualTime.outcome(simulated, trial.scenario(), sum, slots)));
            sum = null;
        }
    }
}
