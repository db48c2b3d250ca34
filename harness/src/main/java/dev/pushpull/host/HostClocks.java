package dev.pushpull.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A reading of a host's clocks, with which another process can turn wall-clock times into its own monotonic ones:
 * within one boot and one time namespace, all processes share one monotonic clock.
 *
 * @param bootId the same for all processes since the host booted
 * @param timeNamespace the same for all processes with one offset to the kernel's clock; empty where there is no such
 *     thing
 * @param monotonicNanos the monotonic clock
 * @param epochNanos nanoseconds since 1970 at the same moment
 */
public record HostClocks(String bootId, String timeNamespace, long monotonicNanos, long epochNanos) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path TIME_NAMESPACE = Path.of("/proc/self/ns/time");
    private static final String BOOT_ID_OF_THIS_HOST = readBootId();
    private static final HostClocks AT_START = read();

    /** This host's clocks now. A process reads the offset between the two only once, so conversions are exact. */
    public static HostClocks now(NanoClock clock) {
        long monotonic = clock.nanoTime();
        return new HostClocks(AT_START.bootId, AT_START.timeNamespace, monotonic, monotonic + AT_START.offsetNanos());
    }

    /** Add this to a monotonic time to get nanoseconds since 1970. */
    public long offsetNanos() {
        return epochNanos - monotonicNanos;
    }

    /** Whether both readings are from the same monotonic clock. Where one tells no time namespace, the boot decides. */
    public boolean sameClockAs(HostClocks other) {
        boolean oneNamespace =
                timeNamespace.isEmpty() || other.timeNamespace.isEmpty() || timeNamespace.equals(other.timeNamespace);
        return bootId.equals(other.bootId) && oneNamespace;
    }

    private static HostClocks read() {
        long monotonic = NanoClock.SYSTEM.nanoTime();
        return new HostClocks(
                BOOT_ID_OF_THIS_HOST,
                readTimeNamespace(),
                monotonic,
                monotonic + EpochClock.offsetNanos(NanoClock.SYSTEM));
    }

    /** A link to a name such as {@code time:[4026531834]}. */
    private static String readTimeNamespace() {
        try {
            return Files.readSymbolicLink(TIME_NAMESPACE).toString();
        } catch (IOException | UnsupportedOperationException e) { // a kernel without them has one clock
            return "";
        }
    }

    /**
     * Read through a buffer: such a file gives its whole text to the first read or not at all, and readString begins
     * with one byte.
     */
    private static String readBootId() {
        try (BufferedReader lines = Files.newBufferedReader(BOOT_ID)) {
            return String.valueOf(lines.readLine()).strip();
        } catch (IOException e) { // not Linux: then every process counts as a host of its own
            return UUID.randomUUID().toString();
        }
    }
}
