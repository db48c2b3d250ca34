package dev.pushpull.cli;

import dev.pushpull.experiment.shards.Shard;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The flags by which many processes share one simulation. */
@FlagGroup.In(FlagGroup.HOSTS)
final class ShardFlags {
    static final String SHARD = "--shard";
    static final String SHARDS = "--shards";
    static final String SUBMIT = "--submit";
    static final String DRY_RUN = "--dry-run";

    private static final String SLURM = "slurm";
    private static final int MOST = 100_000;
    private static final Pattern PART = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

    /** With a value each. */
    private static final List<String> OWN = List.of(SHARD, SHARDS, SUBMIT);

    /** Whatever they are, the figures are the same. */
    private static final List<String> PRINTING = List.of("--quiet", "--json", DRY_RUN);

    @Option(
            names = SHARD,
            paramLabel = "i/N",
            description = "Simulate only the i-th of N shards, into the folder of --out, which all of them share. "
                    + "pushpull merge DIR then puts them together. A shard that is there already is skipped.")
    private String shard;

    @Option(names = SHARDS, paramLabel = "N", description = "Into how many shards --submit divides the simulation.")
    @Within(least = 1, most = MOST)
    private Integer shards;

    @Option(
            names = SUBMIT,
            paramLabel = "SCHEDULER",
            description =
                    "Have a scheduler simulate the --shards and merge them: slurm. --out must be a folder that all "
                            + "its hosts share.")
    private String submit;

    @Option(names = DRY_RUN, description = "With --submit, print the job scripts and submit nothing.")
    private boolean dryRun;

    /** Whether any of them is. */
    boolean given() {
        return shard != null || shards != null || submit != null || dryRun;
    }

    /** Does what these flags ask for, if they ask for anything; returns the exit code. */
    Optional<Integer> elsewhere(ShardedWork work, OutputFlags output) throws IOException, InterruptedException {
        if (!given()) {
            return Optional.empty();
        }
        if (shard != null) {
            for (String other : List.of(SHARDS, SUBMIT, DRY_RUN)) {
                if (other.equals(SHARDS) && shards != null
                        || other.equals(SUBMIT) && submit != null
                        || other.equals(DRY_RUN) && dryRun) {
                    throw new InvalidInputException(other + ": it is not accepted with --shard; accepted: one of them");
                }
            }
            Shard one = read(shard);
            Path results = output.named()
                    .orElseThrow(() -> new InvalidInputException(
                            "--shard: '%s' needs --out; accepted: --out DIR, the same for all shards"
                                    .formatted(shard)));
            return Optional.of(work.simulate(one, results, output));
        }
        if (submit == null || shards == null) {
            throw new InvalidInputException("%s: it is not accepted alone; give --shards N and --submit slurm together"
                    .formatted(submit != null ? SUBMIT : shards != null ? SHARDS : DRY_RUN));
        }
        if (!submit.equals(SLURM)) {
            throw Quantity.wrong(SUBMIT, submit, SLURM + "; with another scheduler, run --shard i/N and merge DIR");
        }
        work.checkReadable(SHARDS);
        return Optional.of(new SubmittedWork(work, shards, output).run(dryRun));
    }

    private static Shard read(String text) {
        Matcher part = PART.matcher(text);
        int number = part.matches() ? Integer.parseInt(part.group(1)) : 0;
        int of = part.matches() ? Integer.parseInt(part.group(2)) : 0;
        if (number < 1 || number > of) {
            throw Quantity.wrong(SHARD, text, "i/N with i from 1 to N, such as 3/64");
        }
        if (of > MOST) {
            throw Quantity.wrong(SHARD, text, "at most %d shards".formatted(MOST));
        }
        return new Shard(number, of);
    }

    /** A command line without the flags that say who does what: one host would type it so. */
    static List<String> unsharded(List<String> words) {
        return without(words, OWN, List.of(DRY_RUN));
    }

    /** What all processes that share a simulation type alike. */
    static List<String> common(List<String> words) {
        List<String> valued = new ArrayList<>(OWN);
        valued.add("--out");
        return without(words, valued, PRINTING);
    }

    private static List<String> without(List<String> words, List<String> valued, List<String> plain) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (valued.contains(word)) {
                i++; // its value
            } else if (!plain.contains(word) && valued.stream().noneMatch(flag -> word.startsWith(flag + "="))) {
                kept.add(word);
            }
        }
        return kept;
    }
}
