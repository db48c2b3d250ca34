package dev.pushpull.cli;

import dev.pushpull.experiment.shards.Shard;
import dev.pushpull.experiment.shards.ShardFolder;
import dev.pushpull.experiment.shards.ShardMerge;
import dev.pushpull.experiment.shards.ShardOrigin;
import dev.pushpull.experiment.shards.ShardPlan;
import dev.pushpull.experiment.shards.ShardRun;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A simulation that many processes share, as one of them sees it: by its command line. */
final class ShardedWork {
    private static final int SHOWN_BYTES = 6;

    private final CommandSpec spec;
    private final String command;
    private final ShardPlan plan;

    ShardedWork(CommandSpec spec, String command, ShardPlan plan) {
        this.spec = spec;
        this.command = command;
        this.plan = plan;
    }

    /** A command whose work can be shared. Its flags are those of the shards. */
    interface Command {
        /** Makes one run of the shards; returns the exit code. */
        int merge(Path shardsIn, OutputFlags prints) throws IOException;
    }

    /** The command and its flags, without what differs between its processes. */
    List<String> words() {
        return ShardFlags.common(OutputFlags.typed(spec, command)).stream()
                .skip(1)
                .toList();
    }

    /** @throws dev.pushpull.scenario.InvalidInputException when its input can be read by one process only */
    void checkReadable(String flag) {
        OptionSpec trace = spec.findOption(TraceFlags.TRACE);
        if ("-".equals(trace.getValue())) {
            throw Quantity.wrong(TraceFlags.TRACE, "-", "with " + flag + " a file, which every shard reads");
        }
    }

    /** Simulates one shard; returns the exit code. */
    int simulate(Shard shard, Path results, OutputFlags output) throws IOException, InterruptedException {
        checkReadable("--shard");
        if (plan.units() < shard.of() && !output.quiet()) {
            System.err.println("pushpull: this simulation has only %d %s, so some of the %d shards have nothing to do"
                    .formatted(plan.units(), plan.units() == 1 ? "part" : "parts", shard.of()));
        }
        ShardFolder folder = ShardFolder.create(results);
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        try {
            ShardRun.End end;
            try (Progress progress = output.progress()) {
                end = new ShardRun(plan, origin(), folder)
                        .run(shard, interruption, progress, said -> System.err.println("pushpull: " + said));
            }
            if (!output.quiet()) {
                System.err.println("pushpull: shard " + shard
                        + switch (end) {
                            case WRITTEN -> " is in " + folder.path();
                            case ALREADY_THERE -> " is in " + folder.path() + " already";
                            case INTERRUPTED -> " was interrupted and left nothing";
                        });
            }
            return end == ShardRun.End.INTERRUPTED ? ExitCode.INTERRUPTED : ExitCode.DONE;
        } finally {
            guard.close();
        }
    }

    /** Puts the shards together, and says where they came from and what they cost. */
    ShardMerge.Merged merged(Path results, OutputFlags output) throws IOException {
        ShardMerge.Merged merged = new ShardMerge(plan, origin(), ShardFolder.existing(results)).merged();
        if (!output.quiet()) {
            System.err.printf(
                    "pushpull: %,d %s from %s: %,.1f core-seconds%n",
                    merged.shards(),
                    merged.shards() == 1 ? "shard" : "shards",
                    String.join(", ", merged.hosts()),
                    merged.cpuSeconds());
        }
        return merged;
    }

    private ShardOrigin origin() {
        return new ShardOrigin(
                program(),
                words(),
                plan.cells().get(0).run().seed(),
                digest(),
                host(),
                Instant.now().toString());
    }

    private String digest() {
        MessageDigest digest = sha256();
        for (Scenario cell : plan.cells()) {
            digest.update(RunJson.text(cell).getBytes(StandardCharsets.UTF_8));
            if (cell.events().arrivals() instanceof TraceArrivals trace) {
                ByteBuffer times = ByteBuffer.allocate(Long.BYTES);
                for (long time : trace.originalEpochNanos()) {
                    digest.update(times.putLong(0, time).array());
                }
            }
        }
        plan.modes().forEach(mode -> digest.update(mode.name().getBytes(StandardCharsets.UTF_8)));
        digest.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(0, plan.trials()).array());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) { // it has a name that it cannot look up
            return String.valueOf(System.getenv("HOSTNAME"));
        }
    }

    /** The version, and which build: two builds of one version may differ. */
    static String program() {
        try {
            Path jar = Path.of(ShardedWork.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!Files.isRegularFile(jar)) {
                return PushPull.Version.text();
            }
            MessageDigest digest = sha256();
            try (InputStream in = Files.newInputStream(jar)) {
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            return PushPull.Version.text() + " (build " + HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES)
                    + ")";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
