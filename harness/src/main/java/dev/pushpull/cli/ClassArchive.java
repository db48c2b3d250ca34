package dev.pushpull.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs some short commands in a JVM that archives the classes it has loaded ({@code -XX:ArchiveClassesAtExit}), so that
 * JVMs started later need not read and verify them again. Prints nothing and leaves nothing behind.
 */
final class ClassArchive {
    private static final List<String> COMMANDS = List.of(
            "--help",
            "--version",
            "predict --help",
            "predict",
            "predict --json",
            "predict --interval five",
            "advise --rate 40/d --arrivals bursty --consumers 9 --need latency_p95<1m --quota 5000/h --outage 10m/7d"
                    + " --prices aws-http-lambda --offers polling,sse",
            "sign --scheme standard-webhooks --secret whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA --payload - --json",
            "sign --scheme github --secret x --payload -",
            "verify --scheme github --secret x --payload - --header X-Hub-Signature-256:sha256=00",
            "unknown");

    private ClassArchive() {}

    public static void main(String[] arguments) throws IOException {
        Main.prepare();
        System.setIn(InputStream.nullInputStream());
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(System.out);
        COMMANDS.forEach(command -> Main.exitCode(command.split(" ")));
        Path folder = Files.createTempDirectory("pushpull");
        try {
            Main.exitCode(
                    "simulate",
                    "--horizon",
                    "1h",
                    "--out",
                    folder.resolve("run").toString());
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
