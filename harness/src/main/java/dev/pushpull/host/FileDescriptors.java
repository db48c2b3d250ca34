package dev.pushpull.host;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.pushpull.scenario.InvalidInputException;
import java.lang.management.ManagementFactory;

/** How many files and sockets a process may have open. */
public final class FileDescriptors {
    /** For the program itself: its jar, its pipes, its selectors. */
    private static final long OF_ITS_OWN = 100;

    private FileDescriptors() {}

    /** @throws InvalidInputException when a process may not have this many connections open */
    public static void checkConnections(String flag, long connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            check(flag, connections, system.getMaxFileDescriptorCount());
        }
    }

    /**
     * How many connections a server may hold, up to the given number: half of the files, because the rest of the
     * program needs the other half.
     */
    public static int forServing(int most) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            return (int) Math.max(1, Math.min(most, (system.getMaxFileDescriptorCount() - OF_ITS_OWN) / 2));
        }
        return most;
    }

    static void check(String flag, long connections, long allowed) {
        long needed = connections + OF_ITS_OWN;
        if (needed > allowed) {
            throw new InvalidInputException(
                    "%s: %d connections need %d file descriptors in a process, and %d are allowed; raise them: ulimit -n %d"
                            .formatted(flag, connections, needed, allowed, needed));
        }
    }
}
