package dev.pushpull.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several command lines, separated by a plus sign, in one JVM: starting one takes longer than simulating. */
final class OneAfterAnother {
    private static final String BETWEEN = "\0";

    private OneAfterAnother() {}

    /** Runs them in a directory; all exit codes but that of success are one. */
    static Said run(Path directory, String commands, String... jvmFlags) throws IOException, InterruptedException {
        return Shell.run(directory, Map.of(), program(OneAfterAnother.class, jvmFlags) + " " + commands);
    }

    /**
     * Runs all of them in a directory, whatever becomes of each, and tells them apart.
     *
     * @param redirections as a shell takes them, for all of them; may be empty
     */
    static List<Said> each(Path directory, String redirections, List<String> commands, String... jvmFlags)
            throws IOException, InterruptedException {
        Said all = Shell.run(
                directory,
                Map.of(),
                "%s %s %s".formatted(program(Each.class, jvmFlags), String.join(" + ", commands), redirections));
        String[] outputs = all.output().split(BETWEEN, -1);
        String[] errors = all.errors().split(BETWEEN, -1);
        List<Said> each = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            each.add(new Said(Integer.parseInt(errors[2 * i + 1]), outputs[i], errors[2 * i]));
        }
        return each;
    }

    private static String program(Class<?> instead, String... jvmFlags) {
        return Shell.program(jvmFlags).replace("'" + Main.class.getName() + "'", "'" + instead.getName() + "'");
    }

    private static String[] lines(String... words) {
        return String.join(" ", words).split(" \\+ ");
    }

    public static void main(String[] words) {
        StandardStreams streams = Main.prepare();
        for (String line : lines(words)) {
            if (Main.exitCode(line.split(" ")) != ExitCode.DONE || streams.outputFailed()) {
                System.exit(ExitCode.FAILED);
            }
        }
    }

    /** Prints after each what ends its output, and its exit code. */
    static final class Each {
        private Each() {}

        public static void main(String[] words) {
            Main.prepare();
            for (String line : lines(words)) {
                int exitCode = Main.exitCode(line.split(" "));
                System.out.print(BETWEEN);
                System.out.flush();
                System.err.print(BETWEEN + exitCode + BETWEEN);
            }
        }
    }
}
