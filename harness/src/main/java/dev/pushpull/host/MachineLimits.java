package dev.pushpull.host;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What the machine allows this process. What it does not say counts as unlimited.
 *
 * @param openFiles file descriptors that it may have in total
 * @param usedFiles file descriptors that it has now
 * @param ports ephemeral ports; every connection to one address takes one
 * @param threads that it may have in total
 * @param heapBytes the maximum heap
 */
public record MachineLimits(long openFiles, long usedFiles, long ports, long threads, long heapBytes) {
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final Path MOST_MAPPINGS = Path.of("/proc/sys/vm/max_map_count");
    private static final Path MOST_PROCESSES = Path.of("/proc/self/limits");

    /** A thread's stack and its guard pages. */
    private static final int MAPPINGS_A_THREAD = 2;

    public static MachineLimits here() {
        long most = Long.MAX_VALUE;
        long used = 0;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            most = system.getMaxFileDescriptorCount();
            used = system.getOpenFileDescriptorCount();
        }
        long[] range = numbers(PORT_RANGE);
        long threads = LongStream.of(
                        least(Path.of("/proc/sys/kernel/threads-max")),
                        least(Path.of("/proc/sys/kernel/pid_max")),
                        least(Path.of("/sys/fs/cgroup/pids.max")),
                        least(MOST_MAPPINGS) / MAPPINGS_A_THREAD,
                        mostProcesses())
                .min()
                .getAsLong();
        return new MachineLimits(
                most,
                used,
                range.length == 2 ? range[1] - range[0] + 1 : Long.MAX_VALUE,
                threads,
                Runtime.getRuntime().maxMemory());
    }

    private static long least(Path file) {
        return Arrays.stream(numbers(file)).min().orElse(Long.MAX_VALUE);
    }

    private static long mostProcesses() {
        try {
            OptionalLong soft = Files.readAllLines(MOST_PROCESSES).stream()
                    .filter(line -> line.startsWith("Max processes"))
                    .map(line ->
                            line.substring("Max processes".length()).strip().split("\\s+")[0])
                    .filter(number -> number.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .findFirst();
            return soft.orElse(Long.MAX_VALUE);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * The whole numbers in a one-line file; none when it cannot be read or says "max". Read through a buffer: such a
     * file gives its whole text to the first read or not at all.
     */
    private static long[] numbers(Path file) {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return Arrays.stream(String.valueOf(lines.readLine()).strip().split("\\s+"))
                    .filter(number -> number.matches("\\d+"))
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}
