package dev.pushpull.host;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** The work of this process's just-in-time compiler. */
public final class Compilation {
    private static final CompilationMXBean BEAN = ManagementFactory.getCompilationMXBean();

    private Compilation() {}

    /** How long it has compiled since this process began, all its threads together; 0 where it has none or does not say. */
    public static long millis() {
        return BEAN != null && BEAN.isCompilationTimeMonitoringSupported() ? BEAN.getTotalCompilationTime() : 0;
    }
}
