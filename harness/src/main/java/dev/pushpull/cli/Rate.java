package dev.pushpull.cli;

import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RateUnit;
import dev.pushpull.schedule.RequestQuota;

/**
 * The rate given for a flag.
 *
 * @param text as typed
 */
record Rate(String text, double perSecond) {
    /** @throws dev.pushpull.scenario.InvalidInputException when the text is no rate */
    static Rate read(String what, String text) {
        return new Rate(text, Quantity.ratePerSecond(what, text));
    }

    /** The unit in which it was given. */
    RateUnit unit() {
        return RateUnit.of(text);
    }

    /**
     * This rate as a quota: a number of requests in its unit of time.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when that is less than one request
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
