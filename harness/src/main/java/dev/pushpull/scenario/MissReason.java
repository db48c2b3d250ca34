package dev.pushpull.scenario;

import java.util.Arrays;
import java.util.List;

/**
 * Why a delivery was not there when the run was over: it is lost, or it was still pending, for somebody would have gone
 * on trying.
 */
public enum MissReason {
    RETRIES_EXHAUSTED("retries exhausted", false),
    DROPPED_BY_RETENTION("dropped by retention", false),
    SUBSCRIPTION_ENDED("subscription ended", false),
    ENDPOINT_DISABLED("endpoint disabled", false),
    CROWDED_OUT("too much waiting", false),
    NOT_PROCESSED("acknowledged but not processed", false),
    RETRY_PENDING("retry pending", true),
    WAITING("waiting to be sent", true),
    IN_FLIGHT("in flight", true),
    NOT_FETCHED("not fetched before the end", true);

    /** Between the reasons of a delivery that could have come in several ways. */
    private static final String AND = ", ";

    private final String text;
    private final boolean pending;

    MissReason(String text, boolean pending) {
        this.text = text;
        this.pending = pending;
    }

    /** As it stands in a run's record. */
    public String text() {
        return text;
    }

    /** Several reasons of one delivery, in their order, as one. */
    public static String all(List<String> reasons) {
        return String.join(AND, reasons);
    }

    /** Whether any way was still open; what an older program called otherwise is lost. */
    static boolean anyPending(String reasons) {
        List<String> each = List.of(reasons.split(AND));
        return Arrays.stream(values()).anyMatch(reason -> reason.pending && each.contains(reason.text));
    }
}
