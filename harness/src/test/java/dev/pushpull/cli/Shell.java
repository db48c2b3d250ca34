package dev.pushpull.cli;

import dev.pushpull.testing.SharedClasses;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Commands as a shell runs them, so that a test can close streams, write to full disks and name files in bytes. */
final class Shell {
    private static final long GENEROUS_SECONDS = 120;

    private Shell() {}

    /** The program without its launcher, in a JVM that starts quickly; a word for a shell script. */
    static String program(String... jvmFlags) {
        List<String> words = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(Arrays.asList(jvmFlags));
        words.addAll(SharedClasses.program());
        words.add("dev.pushpull.cli.Main");
        return String.join(" ", words.stream().map(word -> "'" + word + "'").toList());
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Makes a program of a file. Another process copies it: a file that this JVM writes is also open in those it starts
     * meanwhile, and then cannot be run ("Text file busy").
     */
    static void install(Path file, Path program) throws IOException, InterruptedException {
        Process install = new ProcessBuilder("install", "-D", "-m", "755", file.toString(), program.toString())
                .inheritIO()
                .start();
        if (install.waitFor() != 0) {
            throw new IOException(program + " cannot be made");
        }
    }

    /** Runs a script in a directory, with these variables added to those of this process; an empty one is removed. */
    static Said run(Path directory, Map<String, String> variables, String script)
            throws IOException, InterruptedException {
        return run(directory, variables, script, process -> {});
    }

    /** @param meanwhile runs while the script does */
    static Said run(Path directory, Map<String, String> variables, String script, Consumer<Running> meanwhile)
            throws IOException, InterruptedException {
        File output = File.createTempFile("shell", ".out");
        File errors = File.createTempFile("shell", ".err");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(directory.toFile())
                .redirectOutput(output)
                .redirectError(errors);
        variables.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        try {
            meanwhile.accept(new Running(errors.toPath()));
            if (!process.waitFor(GENEROUS_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("it does not end; it said: " + Files.readString(errors.toPath()));
            }
            return new Said(process.exitValue(), Files.readString(output.toPath()), Files.readString(errors.toPath()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output.toPath());
            Files.delete(errors.toPath());
        }
    }

    /** A running script. */
    record Running(Path errorFile) {
        String errors() {
            try {
                return Files.readString(errorFile);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
