package dev.pushpull.cli;

import dev.pushpull.host.HostClocks;
import dev.pushpull.host.NanoClock;
import dev.pushpull.report.stored.StoredItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What a run ran on, for readers of its figures. */
final class RunEnvironment {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private RunEnvironment() {}

    static Map<String, String> describe() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("pushpull", PushPull.Version.text());
        environment.put(
                "java",
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
                        + System.getProperty("java.vendor"));
        environment.put(
                "system",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        environment.put("processor", processor());
        environment.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        environment.put("heap at most", (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        environment.put(StoredItems.BOOT, HostClocks.now(NanoClock.SYSTEM).bootId());
        return environment;
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException | java.io.UncheckedIOException e) {
            return "unknown";
        }
    }
}
