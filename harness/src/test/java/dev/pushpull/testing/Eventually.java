package dev.pushpull.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for another thread's effect for as long as it takes, up to a time that only a defect exceeds. */
public final class Eventually {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** The longer it takes, the more rarely it looks: those who wait for seconds must not keep the others waiting. */
    private static final int LOOKS_LATE_BY_A_PART = 20;

    private Eventually() {}

    /** @throws AssertionError naming {@code what}, when the condition does not come true */
    public static void eventually(String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long waited = System.nanoTime() - began;
            if (waited > DEADLINE_NANOS) {
                throw new AssertionError("this did not come true in time: " + what);
            }
            LockSupport.parkNanos(Math.max(LOOK_EVERY_NANOS, waited / LOOKS_LATE_BY_A_PART));
        }
    }
}
