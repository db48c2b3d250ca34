package dev.pushpull.host;

import dev.pushpull.scenario.ProcessFigures;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process uses from now on, as the kernel counts it and as the JVM counts it. Without {@code /proc} the
 * kernel's figures are 0.
 */
public final class ProcessMeter {
    private static final Path SELF = Path.of("/proc/self");

    /** The kernel's unit in {@code stat}, the same on every Linux that runs Java. */
    private static final double MILLIS_A_TICK = 10;

    private static final int USER_TICKS_AFTER_NAME = 11;

    /** Names of threads that run no Java code; the kernel keeps 15 letters of each. */
    private static final List<String> JIT = List.of("C1 Compiler", "C2 Compiler");

    private static final List<String> COLLECTOR =
            List.of("GC Thread", "G1 ", "VM Thread", "VM Periodic", "Shenandoah", "ZGC", "XGC", "ZDirector", "ZDriver");

    private final CpuMeter threads = new CpuMeter();
    private final Used atStart = Used.now();

    /** @param name what the process is called */
    public ProcessFigures figures(String name) {
        double threadsMillis = threads.millisByRole().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        Used now = Used.now();
        return new ProcessFigures(
                name,
                now.cpuMillis - atStart.cpuMillis,
                threadsMillis,
                since(atStart.jitMillisByThread, now.jitMillisByThread),
                since(atStart.gcMillisByThread, now.gcMillisByThread),
                now.collections - atStart.collections,
                now.pausedMillis - atStart.pausedMillis,
                mostResidentBytes());
    }

    /**
     * What threads took between two readings. A thread that has ended in between is left out, since the kernel forgets
     * its time: the JVM ends idle compiler threads unless {@code -XX:-UseDynamicNumberOfCompilerThreads} is given.
     */
    static double since(Map<String, Double> beforeMillis, Map<String, Double> nowMillis) {
        return nowMillis.entrySet().stream()
                .mapToDouble(thread -> thread.getValue() - beforeMillis.getOrDefault(thread.getKey(), 0.0))
                .sum();
    }

    private record Used(
            double cpuMillis,
            Map<String, Double> jitMillisByThread,
            Map<String, Double> gcMillisByThread,
            long collections,
            long pausedMillis) {
        static Used now() {
            List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
            return new Used(
                    kernelMillis(SELF),
                    ofThreads(JIT),
                    ofThreads(COLLECTOR),
                    collectors.stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                            .sum(),
                    collectors.stream()
                            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                            .sum());
        }
    }

    /** By the kernel's number of the thread. */
    private static Map<String, Double> ofThreads(List<String> names) {
        try (Stream<Path> tasks = Files.list(SELF.resolve("task"))) {
            return tasks.filter(task -> names.stream().anyMatch(firstLine(task.resolve("comm"))::startsWith))
                    .collect(Collectors.toMap(task -> task.getFileName().toString(), ProcessMeter::kernelMillis));
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** User and system time of a process or of one of its threads. */
    private static double kernelMillis(Path of) {
        String stat = firstLine(of.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" "); // a name may contain blanks
        return fields.length > USER_TICKS_AFTER_NAME + 1
                ? MILLIS_A_TICK
                        * (Long.parseLong(fields[USER_TICKS_AFTER_NAME])
                                + Long.parseLong(fields[USER_TICKS_AFTER_NAME + 1]))
                : 0;
    }

    private static long mostResidentBytes() {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(kibibytes -> Long.parseLong(kibibytes) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Empty if there is none, since a thread may have ended meanwhile. */
    private static String firstLine(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return String.valueOf(lines.readLine());
        } catch (IOException e) {
            return "";
        }
    }
}
