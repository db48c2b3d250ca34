package dev.pushpull.delivery;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.Scenario.Outage;
import dev.pushpull.theory.Attempts;
import dev.pushpull.theory.Attempts.Course;
import java.util.Comparator;
import java.util.List;

/** What a scenario's retries and faults do to a webhook, for every mode that uses webhooks. */
public final class WebhookClosedForms {
    private static final Course UNKNOWN = new Course(Double.NaN, Double.NaN, Double.NaN);

    private WebhookClosedForms() {}

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
        Scenario.Faults faults = scenario.faults();
        Attempts attempts = attempts(scenario);
        if (faults.outages().isEmpty()) {
            return attempts.course(faults.failureRate(), faults.meanUpNanos() / 1e9, faults.meanDownNanos() / 1e9);
        }
        boolean alone = faults.failureRate() == 0 && faults.meanDownNanos() == 0;
        if (!alone || attempts.least(0) > 0 || !apart(scenario)) {
            return UNKNOWN;
        }
        double horizon = scenario.run().durationNanos() / 1e9;
        double made = 1;
        double lost = 0;
        double delayed = 0;
        for (Outage outage : faults.outages()) {
            double length = outage.lengthNanos() / 1e9;
            Course during = attempts.duringOutage(length);
            made += length / horizon * (during.attempts() - 1);
            lost += length / horizon * during.lost();
            delayed += during.lost() == 1 ? 0 : length / horizon * (1 - during.lost()) * during.meanDelay();
        }
        return new Course(made, lost, delayed / (1 - lost));
    }

    /** Whether no retry caused by an outage can fall into the next outage, or after the run. */
    private static boolean apart(Scenario scenario) {
        List<Outage> outages = scenario.faults().outages().stream()
                .sorted(Comparator.comparingLong(Outage::startNanos))
                .toList();
        for (int i = 0; i < outages.size(); i++) {
            Outage outage = outages.get(i);
            long next = i + 1 < outages.size()
                    ? outages.get(i + 1).startNanos()
                    : scenario.run().durationNanos();
            if (outage.startNanos() + outage.lengthNanos() + overshoot(scenario, outage.lengthNanos()) > next) {
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
