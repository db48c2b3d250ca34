package dev.pushpull.host;

import java.lang.management.ManagementFactory;

/** Measures what stays in this process's heap, with a full collection each time. */
public final class HeapMeter {
    private final long atStartBytes = usedBytes();

    /** How much more is in the heap than when this meter was made. */
    public long grownBytes() {
        return usedBytes() - atStartBytes;
    }

    private static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
