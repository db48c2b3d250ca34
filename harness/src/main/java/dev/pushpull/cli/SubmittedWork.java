package dev.pushpull.cli;

import dev.pushpull.cluster.Slurm;
import dev.pushpull.cluster.SlurmScripts;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.experiment.shards.ShardFolder;
import dev.pushpull.host.ChildJvm;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.stored.StoredRun;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A simulation handed to Slurm: submitted, followed to its end, and printed as if it had run here. */
final class SubmittedWork {
    private static final long LOOK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final String ARRAY = "array.sbatch";
    private static final String MERGE = "merge.sbatch";
    private static final String MARKER = "this-folder-is-shared";

    private final ShardedWork work;
    private final int shards;
    private final OutputFlags output;
    private final Slurm slurm = new Slurm();

    SubmittedWork(ShardedWork work, int shards, OutputFlags output) {
        this.work = work;
        this.shards = shards;
        this.output = output;
    }

    /** Returns the exit code. */
    int run(boolean dryRun) throws IOException, InterruptedException {
        Instant startedAt = Instant.now();
        if (dryRun) {
            Path results = output.named().orElse(Path.of("results").toAbsolutePath());
            SlurmScripts scripts = scripts(results.resolve("shards"));
            System.out.printf(
                    "# %s%n%s%n# %s%n%s%n# sbatch --parsable %s%n# sbatch --parsable --dependency=afterok:JOB %s%n",
                    ARRAY,
                    scripts.arrayJob(),
                    MERGE,
                    scripts.mergeJob(),
                    ShellWords.quoted(scripts.folder().resolve(ARRAY).toString()),
                    ShellWords.quoted(scripts.folder().resolve(MERGE).toString()));
            return ExitCode.DONE;
        }
        Path results = output.named()
                .orElseGet(() -> output.reserve("shards", startedAt).path());
        ShardFolder folder = ShardFolder.create(results);
        SlurmScripts scripts = scripts(folder.path());
        Interruption interruption = new Interruption();
        ShutdownGuard guard = new ShutdownGuard(interruption);
        List<String> jobs = new ArrayList<>();
        boolean ended = false;
        try {
            Files.writeString(scripts.marker(), "This file tells a host that it sees this folder.\n");
            Path array = Files.writeString(folder.path().resolve(ARRAY), scripts.arrayJob());
            Path merge = Files.writeString(folder.path().resolve(MERGE), scripts.mergeJob());
            jobs.add(slurm.submit(array, List.of()));
            jobs.add(slurm.submit(merge, List.of("--dependency=afterok:" + jobs.get(0))));
            if (!output.quiet()) {
                System.err.printf(
                        "pushpull: jobs %s (%d shards) and %s (the merge); Ctrl-C cancels them%n",
                        jobs.get(0), shards, jobs.get(1));
            }
            if (!follow(jobs, folder, interruption)) {
                return ExitCode.INTERRUPTED;
            }
            ended = true;
            return reported(jobs, results, folder);
        } finally {
            if (jobs.isEmpty()) {
                folder.withdraw(List.of(ARRAY, MERGE, MARKER));
            } else if (!ended) {
                slurm.cancel(jobs);
                System.err.printf(
                        "pushpull: cancelled jobs %s; shards that were complete stay in %s, and are skipped next time%n",
                        String.join(" and ", jobs), folder.path());
            }
            guard.close();
        }
    }

    /** Until no job is left; false when an end was requested before. */
    private boolean follow(List<String> jobs, ShardFolder folder, Interruption interruption)
            throws IOException, InterruptedException {
        try (Progress progress = output.progress()) {
            progress.phase("simulating on other hosts");
            while (slurm.unfinished(jobs) > 0) {
                progress.progress(new RunListener.Progress(
                        TimeUnit.SECONDS.toNanos(folder.complete()), TimeUnit.SECONDS.toNanos(shards), 0, 0, 0));
                if (interruption.await(LOOK_EVERY_NANOS)) {
                    return false;
                }
            }
            return true;
        }
    }

    private int reported(List<String> jobs, Path results, ShardFolder folder) throws IOException, InterruptedException {
        Optional<String> failure = slurm.failure(jobs.get(0), folder.path());
        if (failure.isPresent()) {
            throw new InvalidInputException("--submit: " + failure.get());
        }
        int code = slurm.exitCode(jobs).orElse(ExitCode.DONE);
        boolean written = Files.exists(results.resolve("run.json"));
        if (!written || code != ExitCode.DONE && code != ExitCode.INVALID && code != ExitCode.ASSERTION_FAILED) {
            Optional<String> merge = slurm.failure(jobs.get(1), folder.path());
            throw new IOException(merge.orElse("the jobs ended without results: see " + folder.path()));
        }
        StoredRun run = StoredRun.read(results);
        if (output.json()) {
            System.out.println(JsonRows.render(work.words().get(0), run.rows()));
        } else if (output.report()) {
            Terminal.print(run.render(results, Terminal.takesColour(), Terminal.takesUnicode()));
        }
        ResultsFolder.existing(results).pointLatest();
        if (code != ExitCode.DONE) {
            System.err.println("pushpull: the merge ended with exit code " + code + ": see "
                    + folder.path().resolve("merge.log"));
        }
        return code;
    }

    private SlurmScripts scripts(Path folder) {
        String results = folder.getParent().toString();
        List<String> shard = java();
        shard.addAll(work.words());
        shard.addAll(List.of("--out", results, ShardFlags.SHARD));
        List<String> merge = java();
        merge.addAll(List.of("merge", results));
        return new SlurmScripts(
                Path.of("").toAbsolutePath(),
                folder,
                folder.resolve(MARKER),
                Path.of(classPath().get(0)),
                shards,
                shard,
                merge);
    }

    /** The command that starts this program on a host like this one. */
    private static List<String> java() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ChildJvm.flags(ManagementFactory.getRuntimeMXBean().getInputArguments()).stream()
                .filter(flag -> !flag.startsWith("-XX:SharedArchiveFile") && !flag.startsWith("-javaagent"))
                .forEach(words::add);
        words.addAll(List.of("-cp", String.join(":", classPath()), Main.class.getName()));
        return words;
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(":")).stream()
                .map(place -> Path.of(place).toAbsolutePath().normalize().toString())
                .toList();
    }
}
