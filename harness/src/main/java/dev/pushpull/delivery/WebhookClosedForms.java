package dev.pushpull.delivery;

import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.DisablingRule;
import dev.pushpull.schedule.RetrySchedule;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Attempts.Course;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a scenario's retries and faults do to a webhook, for every mode that uses webhooks. */
public final class WebhookClosedForms {
    private static final Course UNKNOWN = new Course(Double.NaN, Double.NaN, Double.NaN);

    private WebhookClosedForms() {}

    /**
     * Whether each event's attempts stand for themselves, so that the closed forms of single events hold: no limits, no
     * slow or dead endpoints, and none that is disabled.
     */
    public static boolean apply(Scenario scenario) {
        boolean neverDisabled = scenario.webhooks().disabling().equals(DisablingRule.NONE)
                || scenario.faults().equals(Scenario.Faults.NONE);
        return !scenario.webhooks().endpoints().slotsCount() && neverDisabled;
    }

    /** The attempts of the scenario's retry schedule. */
    public static Attempts attempts(Scenario scenario) {
        return new Attempts(
                scenario.webhooks().retries().delaysNanos().stream()
                        .mapToDouble(nanos -> nanos / 1e9)
                        .toArray(),
                scenario.webhooks().retries().jitter());
    }

    /**
     * The mean course of an event's attempts over the run (docs/theory.md sections 4 and 8). NaN where none is known:
     * outages at set times together with other faults, or so close together that a retry can run into the next one.
     */
    public static Course course(Scenario scenario) {
        Cause cause = new Cause(
                scenario.webhooks().retries(), scenario.faults(), scenario.run().durationNanos());
        return LATELY.of(cause, () -> computed(scenario));
    }

    /** All that the course depends on. */
    private record Cause(RetrySchedule retries, Scenario.Faults faults, long durationNanos) {}

    /** Jitter makes the mean an integral, which whoever searches for settings would compute for each of them. */
    private static final Lately<Cause, Course> LATELY = new Lately<>(64);

    private static Course computed(Scenario scenario) {
        Scenario.Faults faults = scenario.faults();
        Attempts attempts = attempts(scenario);
        if (faults.outages().isEmpty()) {
            double up = faults.meanUpNanos() / 1e9;
            double down = faults.meanDownNanos() / 1e9;
            Course course = attempts.course(faults.failureRate(), up, down);
            return faults.duplicateRate() == 0
                    ? course
                    : new Course(
                            attempts.course(unknownToSender(faults), up, down).attempts(),
                            course.lost(),
                            course.meanDelay());
        }
        boolean alone = faults.failureRate() == 0 && faults.duplicateRate() == 0 && faults.meanDownNanos() == 0;
        List<Outage> outages = Outage.single(faults.outages());
        if (!alone || attempts.least(0) > 0 || !apart(scenario, outages)) {
            return UNKNOWN;
        }
        double horizon = scenario.run().durationNanos() / 1e9;
        double made = 1;
        double lost = 0;
        double delayed = 0;
        Map<Long, Long> byLength = outages.stream()
                .collect(Collectors.groupingBy(Outage::lengthNanos, TreeMap::new, Collectors.counting()));
        for (Map.Entry<Long, Long> alike : byLength.entrySet()) {
            double length = alike.getKey() / 1e9;
            double share = alike.getValue() * length / horizon;
            Course during = attempts.duringOutage(length);
            made += share * (during.attempts() - 1);
            lost += share * during.lost();
            delayed += during.lost() == 1 ? 0 : share * (1 - during.lost()) * during.meanDelay();
        }
        return new Course(made, lost, delayed / (1 - lost));
    }

    /** The share of attempts after which the sender tries again, while the receiver is up. */
    public static double unknownToSender(Scenario.Faults faults) {
        return faults.failureRate() + (1 - faults.failureRate()) * faults.duplicateRate();
    }

    /**
     * The wait for retries, in seconds, that a share {@code p} of the delivered events does not exceed where outages are
     * all that goes wrong: none for all events outside of them, else that of the first attempt after the outage's end.
     * NaN where none is known.
     */
    public static double delayQuantile(Scenario scenario, double p) {
        Course course = course(scenario);
        Scenario.Faults faults = scenario.faults();
        double horizon = scenario.run().durationNanos();
        double down = faults.outages().isEmpty()
                ? (double) faults.meanDownNanos() / (faults.meanUpNanos() + faults.meanDownNanos())
                : faults.outages().stream()
                                .mapToLong(outage -> outage.count() * outage.lengthNanos())
                                .sum()
                        / horizon;
        Attempts attempts = attempts(scenario);
        double wanted = p * (1 - course.lost());
        if (faults.failureRate() > 0 || faults.duplicateRate() > 0 || attempts.least(0) > 0 || Double.isNaN(wanted)) {
            return Double.NaN;
        }
        if (wanted <= 1 - down) {
            return 0;
        }
        for (int j = 1; j < attempts.count() && scenario.webhooks().retries().jitter() == 0; j++) {
            double at = attempts.least(j);
            double reached = 1 - down;
            for (Outage outage : faults.outages()) {
                reached += outage.count() * Math.min(at * 1e9, outage.lengthNanos()) / horizon;
            }
            if (!faults.outages().isEmpty() && reached >= wanted) {
                return at;
            }
        }
        return Double.NaN;
    }

    /** Whether no retry caused by an outage can fall into the next outage, or after the run. */
    private static boolean apart(Scenario scenario, List<Outage> outages) {
        for (int i = 0; i < outages.size(); i++) {
            Outage outage = outages.get(i);
            long next = i + 1 < outages.size()
                    ? outages.get(i + 1).startNanos()
                    : scenario.run().durationNanos();
            if (outage.endNanos() + overshoot(scenario, outage.lengthNanos()) > next) {
                return false;
            }
        }
        return true;
    }

    /** The longest wait that can begin within an outage. */
    private static double overshoot(Scenario scenario, long outageNanos) {
        double longest = 0;
        long begins = 0;
        for (long delay : scenario.webhooks().retries().delaysNanos()) {
            if (begins <= outageNanos) {
                longest = Math.max(
                        longest, delay * (1 + scenario.webhooks().retries().jitter()));
            }
            begins += delay;
        }
        return longest;
    }
}
