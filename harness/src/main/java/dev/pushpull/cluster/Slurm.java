package dev.pushpull.cluster;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slurm, by its own commands: they know which cluster, and who may use it. */
public final class Slurm {
    /** A folder whose commands are run instead of those on the path: where Slurm's are played. */
    private static final String COMMANDS_PROPERTY = "pushpull.slurmCommands";

    private static final Pattern FIELD = Pattern.compile("(\\w+)=(\\S*)");

    /** How a job, or a task of one, ended. */
    record Ended(String task, String state, int exitCode, String host) {
        boolean failed() {
            return !state.equals("COMPLETED");
        }
    }

    private record Output(int exitCode, List<String> lines, String errors) {}

    /** @throws InvalidInputException when its commands are not there */
    public void check() throws IOException, InterruptedException {
        run(List.of("sbatch", "--version"));
    }

    /**
     * Submits a script.
     *
     * @return the job's number
     * @throws InvalidInputException with Slurm's own words when it does not take it
     */
    public String submit(Path script, List<String> flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
        command.addAll(flags);
        command.add(script.toString());
        Output output = run(command);
        if (output.exitCode() != 0 || output.lines().isEmpty()) {
            throw new InvalidInputException("--submit: slurm did not take the job: " + output.errors());
        }
        return output.lines().get(0).split(";")[0].strip();
    }

    /** The jobs, and tasks of jobs, that wait or run. */
    public int unfinished(List<String> jobs) throws IOException, InterruptedException {
        Output output = run(List.of("squeue", "-h", "-r", "-j", String.join(",", jobs), "-o", "%i"));
        return output.exitCode() == 0 ? output.lines().size() : unfinishedByOne(jobs);
    }

    /** Slurm refuses a list in which it has forgotten a job. */
    private int unfinishedByOne(List<String> jobs) throws IOException, InterruptedException {
        int all = 0;
        for (String job : jobs) {
            Output output = run(List.of("squeue", "-h", "-r", "-j", job, "-o", "%i"));
            if (output.exitCode() != 0 && !output.errors().contains("Invalid job id")) {
                throw new IOException("squeue: " + output.errors());
            }
            all += output.exitCode() == 0 ? output.lines().size() : 0;
        }
        return all;
    }

    /** Ends them. */
    public void cancel(List<String> jobs) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("scancel"));
        command.addAll(jobs);
        Output output = run(command);
        if (output.exitCode() != 0) {
            throw new IOException("scancel: " + output.errors());
        }
    }

    /** How a job's tasks ended, as far as Slurm still knows: its controller for minutes, its accounting for longer. */
    List<Ended> ended(String job) throws IOException, InterruptedException {
        List<Ended> all = new ArrayList<>();
        for (String line : run(List.of("scontrol", "-o", "show", "job", job)).lines()) {
            TreeMap<String, String> fields = new TreeMap<>();
            for (Matcher field = FIELD.matcher(line); field.find(); ) {
                fields.putIfAbsent(field.group(1), field.group(2));
            }
            if (fields.containsKey("JobState")) {
                all.add(new Ended(
                        fields.getOrDefault("ArrayTaskId", ""),
                        fields.get("JobState"),
                        exitCode(fields.getOrDefault("ExitCode", "0:0")),
                        fields.getOrDefault("BatchHost", "")));
            }
        }
        if (all.isEmpty()) {
            for (String line : run(List.of("sacct", "-X", "-n", "-P", "-j", job, "-o", "JobID,State,ExitCode,NodeList"))
                    .lines()) {
                String[] fields = line.split("\\|", -1);
                if (fields.length == 4) {
                    String task = fields[0].contains("_") ? fields[0].substring(fields[0].indexOf('_') + 1) : "";
                    all.add(new Ended(task, fields[1].split(" ")[0], exitCode(fields[2]), fields[3]));
                }
            }
        }
        return all;
    }

    /** The exit code of a job that has one task, if Slurm still knows it. */
    public Optional<Integer> exitCode(List<String> jobs) throws IOException, InterruptedException {
        List<Ended> last = ended(jobs.get(jobs.size() - 1));
        return last.size() == 1 && !last.get(0).state().equals("CANCELLED")
                ? Optional.of(last.get(0).exitCode())
                : Optional.empty();
    }

    /** Why a job's tasks did not all end well; empty when they did, or Slurm does not know. */
    public Optional<String> failure(String job, Path folder) throws IOException, InterruptedException {
        for (Ended task : ended(job)) {
            String host = task.host().isEmpty() ? "a host" : task.host();
            if (task.exitCode() == SlurmScripts.NOT_SHARED) {
                return Optional.of(
                        "%s does not see %s; accepted: --out DIR (and a current directory) that all hosts share, such as one mounted by NFS"
                                .formatted(host, folder));
            }
            if (task.exitCode() == SlurmScripts.NO_PROGRAM) {
                return Optional.of(
                        "%s does not see this program's jar; accepted: a copy of it in a folder that all hosts share"
                                .formatted(host));
            }
            if (task.failed()
                    && !task.state().equals("PENDING")
                    && !task.state().equals("RUNNING")) {
                String name = task.task().isEmpty() ? "the merge" : "shard " + task.task();
                return Optional.of("%s on %s ended with %s, exit code %d: see %s"
                        .formatted(
                                name,
                                host,
                                task.state(),
                                task.exitCode(),
                                folder.resolve(task.task().isEmpty() ? "merge.log" : task.task() + ".log")));
            }
        }
        return Optional.empty();
    }

    /** Code and signal, of which one is 0, as a shell has them. */
    private static int exitCode(String pair) {
        String[] both = pair.split(":");
        int signal = both.length > 1 ? Integer.parseInt(both[1]) : 0;
        return signal > 0 ? 128 + signal : Integer.parseInt(both[0]);
    }

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Process process;
        try {
            List<String> words = new ArrayList<>(command);
            words.set(
                    0,
                    Path.of(System.getProperty(COMMANDS_PROPERTY, ""), command.get(0))
                            .toString());
            process = new ProcessBuilder(words).start();
        } catch (IOException e) {
            throw new InvalidInputException(
                    "--submit: %s is not to be found here; accepted: a host with Slurm's commands, or --shard i/N by hand and then merge DIR"
                            .formatted(command.get(0)));
        }
        process.getOutputStream().close();
        String errors;
        List<String> lines;
        try (var words = process.errorReader(StandardCharsets.UTF_8);
                var out = process.inputReader(StandardCharsets.UTF_8)) {
            lines = out.lines().toList(); // what they say on standard error is short
            errors = words.lines().findFirst().orElse("exit code " + process.waitFor());
        }
        return new Output(process.waitFor(), lines, errors);
    }
}
