package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.schedule.RequestQuota;

/**
 * What a flag takes for a rate.
 *
 * @param text as it was given
 */
record Rate(String text, double perSecond) {
    /** @throws dev.pushpull.scenario.InvalidInputException when the text is no rate */
    static Rate read(String what, String text) {
        return new Rate(text, Quantity.ratePerSecond(what, text));
    }

    /** That in which it was given. */
    RateUnit unit() {
        return RateUnit.of(text);
    }

    /**
     * So many requests in its unit of time.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when that is none
     */
    RequestQuota quota() {
        long windowNanos = switch (text.charAt(text.length() - 1)) {
            case 's' -> 1_000_000_000L;
            case 'm' -> 60_000_000_000L;
            case 'h' -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
        long requests = Math.round(perSecond * windowNanos / 1e9);
        if (requests < 1) {
            throw Quantity.wrong(ScenarioFlags.QUOTA, text, "one request or more in its unit of time");
        }
        return new RequestQuota(requests, windowNanos);
    }
}
