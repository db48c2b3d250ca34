package dev.pushpull.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Pins threads to a processor by {@code taskset}, where the system has it; Java itself cannot. */
final class PinnedThreads {
    private static final Path SELF = Path.of("/proc/self");
    private static final String ALLOWED = "Cpus_allowed_list:";
    private static final long PATIENCE_SECONDS = 5;

    private PinnedThreads() {}

    /** Numbers of the processors that this process may use; from 0 where the system does not tell. */
    static List<Integer> processors() {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> numbers(line.substring(ALLOWED.length()).strip()))
                    .orElseGet(PinnedThreads::countedProcessors);
        } catch (IOException | java.io.UncheckedIOException | NumberFormatException e) {
            return countedProcessors();
        }
    }

    private static List<Integer> countedProcessors() {
        return Stream.iterate(0, number -> number + 1)
                .limit(Runtime.getRuntime().availableProcessors())
                .toList();
    }

    /** The numbers of a list such as {@code 0-3,8}. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : list.split(",")) {
            int dash = part.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(part.substring(dash + 1));
            for (int number = first; number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /**
     * Pins a thread; returns whether that worked.
     *
     * @param threadName at most 15 letters, which is all the kernel keeps
     */
    static boolean pin(String threadName, int processor) throws InterruptedException {
        Optional<String> task = task(threadName);
        if (task.isEmpty()) {
            return false;
        }
        try {
            Process taskset = new ProcessBuilder("taskset", "-p", "-c", Integer.toString(processor), task.get())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!taskset.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                taskset.destroyForcibly();
                return false;
            }
            return taskset.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The kernel's number of a thread. */
    private static Optional<String> task(String threadName) {
        try (Stream<Path> tasks = Files.list(SELF.resolve("task"))) {
            return tasks.filter(task -> name(task).equals(threadName))
                    .map(task -> task.getFileName().toString())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
