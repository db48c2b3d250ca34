package dev.pushpull.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Several command lines, separated by a plus sign, in one JVM: starting one takes longer than simulating. */
final class OneAfterAnother {
    private OneAfterAnother() {}

    /** Runs them in a directory; all exit codes but that of success are one. */
    static Said run(Path directory, String commands, String... jvmFlags) throws IOException, InterruptedException {
        String program = Shell.program(jvmFlags)
                .replace("'" + Main.class.getName() + "'", "'" + OneAfterAnother.class.getName() + "'");
        return Shell.run(directory, Map.of(), program + " " + commands);
    }

    public static void main(String[] words) {
        StandardStreams streams = Main.prepare();
        for (String line : String.join(" ", words).split(" \\+ ")) {
            if (Main.commandLine().execute(line.split(" ")) != ExitCode.DONE || streams.outputFailed()) {
                System.exit(ExitCode.FAILED);
            }
        }
    }
}
