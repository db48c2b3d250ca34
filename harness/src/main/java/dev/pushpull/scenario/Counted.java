package dev.pushpull.scenario;

/** Counted things in sentences. */
public final class Counted {
    private Counted() {}

    /** {@code 1 poll}, {@code 1,200 polls}. */
    public static String of(long count, String what) {
        return of(count, what, what + "s");
    }

    /** {@code 1 delivery}, {@code 2 deliveries}. */
    public static String of(long count, String one, String several) {
        return "%,d %s".formatted(count, count == 1 ? one : several);
    }
}
