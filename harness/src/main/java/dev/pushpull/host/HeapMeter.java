package dev.pushpull.host;

import java.lang.management.ManagementFactory;

/** What stays in the heap of this process, by a full collection each time. */
public final class HeapMeter {
    private final long atStartBytes = usedBytes();

    /** More than when this meter was made. */
    public long grownBytes() {
        return usedBytes() - atStartBytes;
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
