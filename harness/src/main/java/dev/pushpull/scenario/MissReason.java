package dev.pushpull.scenario;

import java.util.Arrays;
import java.util.List;

/**
 * Why a delivery had not arrived when the run was over: it was lost, or it was pending, because somebody would have
 * gone on trying.
 */
public enum MissReason {
    RETRIES_EXHAUSTED("retries exhausted", false),
    DROPPED_BY_RETENTION("dropped by retention", false),
    SUBSCRIPTION_ENDED("subscription ended", false),
    ENDPOINT_DISABLED("endpoint disabled", false),
    CROWDED_OUT("too much waiting", false),
    NOT_PROCESSED("acknowledged but not processed", false),
    PASSED_OVER("passed over by the consumer", false),
    RETRY_PENDING("retry pending", true),
    WAITING("waiting to be sent", true),
    IN_FLIGHT("in flight", true),
    NOT_FETCHED("not fetched before the end", true),
    LOST_IN_GAP("not connected and not replayed", false);

    /** Separates the reasons for a delivery that could have come in several ways. */
    private static final String AND = ", ";

    private final String text;
    private final boolean pending;

    MissReason(String text, boolean pending) {
        this.text = text;
        this.pending = pending;
    }

    /** As stored in a run's record. */
    public String text() {
        return text;
    }

    /** Combines several reasons for one delivery, in their order. */
    public static String all(List<String> reasons) {
        return String.join(AND, reasons);
    }

    /** Whether any way was still open; reasons that an older program named differently count as lost. */
    static boolean anyPending(String reasons) {
        List<String> each = List.of(reasons.split(AND));
        return Arrays.stream(values()).anyMatch(reason -> reason.pending && each.contains(reason.text));
    }
}
