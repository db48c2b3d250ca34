package dev.pushpull.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The scripts of an array job whose tasks leave a file each in a folder, and of the job that merges them.
 *
 * @param directory in which the commands were typed: paths in them may be relative to it
 * @param folder that all hosts share
 * @param marker a file in it that tells a host whether it sees the folder
 * @param program a file that every host needs
 * @param shards how many tasks
 * @param shard the command of a task, up to the word that names it ({@code i/N})
 * @param merge the command of the merging job
 */
public record SlurmScripts(
        Path directory, Path folder, Path marker, Path program, int shards, List<String> shard, List<String> merge) {
    /** A host does not see the shared folder. */
    static final int NOT_SHARED = 73;

    /** A host does not see the program. */
    static final int NO_PROGRAM = 74;

    /** Killed without a chance to say why: out of memory, or by hand. */
    private static final int KILLED = 137;

    private static final int MOST_RESTARTS = 3;

    /** One task a shard. It is started again when its host fails, and when something kills it. */
    public String arrayJob() {
        return begin("pushpull-shard", "--array=1-" + shards, "--requeue", "--open-mode=append")
                + """
                exec >>%s/"$SLURM_ARRAY_TASK_ID.log" 2>&1
                # as many threads as the task was given processors
                export JAVA_TOOL_OPTIONS="${JAVA_TOOL_OPTIONS:-} -XX:ActiveProcessorCount=${SLURM_CPUS_PER_TASK:-1}"
                %s"$SLURM_ARRAY_TASK_ID/%d"
                code=$?
                if [ "$code" -eq %d ] && [ "${SLURM_RESTART_COUNT:-0}" -lt %d ]; then
                    scontrol requeue "$SLURM_JOB_ID" && exec sleep 60
                fi
                exit "$code"
                """.formatted(quoted(folder.toString()), words(shard), shards, KILLED, MOST_RESTARTS);
    }

    /** The job that depends on all of them. */
    public String mergeJob() {
        return begin("pushpull-merge", "--kill-on-invalid-dep=yes")
                + """
                exec >%s/merge.log 2>&1
                exec %s
                """.formatted(quoted(folder.toString()), words(merge).strip());
    }

    private String begin(String name, String... options) {
        return """
                #!/bin/bash
                #SBATCH --job-name=%s
                #SBATCH --ntasks=1
                #SBATCH --output=/dev/null
                %s
                if [ ! -e %s ]; then exit %d; fi
                if [ ! -r %s ]; then exit %d; fi
                cd %s || exit %d
                """.formatted(
                name,
                List.of(options).stream().map(option -> "#SBATCH " + option).collect(Collectors.joining("\n")),
                quoted(marker.toString()),
                NOT_SHARED,
                quoted(program.toString()),
                NO_PROGRAM,
                quoted(directory.toString()),
                NOT_SHARED);
    }

    private static String words(List<String> command) {
        return command.stream().map(word -> quoted(word) + " ").collect(Collectors.joining());
    }

    /** In single quotes, whatever it is: a path may contain anything. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
