package dev.pushpull.schedule;

import dev.pushpull.schedule.Seeds.Purpose;

/**
 * Which webhook attempts go wrong at a consumer by chance. The chance is drawn for each time that a webhook arrives, and
 * only its events, the consumer and the seed decide: so it is the same live, in virtual time and in every mode.
 *
 * @param failureRate share of attempts that fail
 * @param duplicateRate share of those that did not fail but are answered as if they had
 */
public record AttemptFaults(Seeds seeds, double failureRate, double duplicateRate) {
    /** Whether nothing can go wrong. */
    public boolean never() {
        return failureRate == 0 && duplicateRate == 0;
    }

    /**
     * Whether it fails: the consumer does not take it.
     *
     * @param first sequence of its first event
     * @param events how many it has
     * @param time 1 when it arrives for the first time
     */
    public boolean fails(int consumer, long first, int events, int time) {
        return failureRate > 0 && uniform(consumer, first, events, 2L * time) < failureRate;
    }

    /** Whether the sender takes it for failed though the consumer has taken it. */
    public boolean repeats(int consumer, long first, int events, int time) {
        return duplicateRate > 0 && uniform(consumer, first, events, 2L * time + 1) < duplicateRate;
    }

    private double uniform(int consumer, long first, int events, long number) {
        Seeds own = new Seeds(seeds.derive(Purpose.FAILED_ATTEMPTS, consumer));
        Seeds ofWebhook = new Seeds(own.derive(Purpose.FAILED_ATTEMPTS, first));
        return (ofWebhook.derive(Purpose.FAILED_ATTEMPTS, ((long) events << 32) + number) >>> 11) * 0x1p-53;
    }
}
