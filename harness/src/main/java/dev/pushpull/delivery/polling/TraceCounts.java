package dev.pushpull.delivery.polling;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.theory.TraceClosedForms;

/**
 * What polling at a fixed interval finds in a trace, averaged over a random phase.
 *
 * @param polls within the run
 * @param wasted share of polls that find nothing
 * @param requests including further pages
 * @param events of the trace within the run
 * @param lost events that retention dropped before a poll
 */
record TraceCounts(double polls, double wasted, double requests, double events, double lost) {
    static TraceCounts of(TraceArrivals trace, Scenario scenario) {
        long[] recorded = trace.originalEpochNanos();
        double[] times = new double[recorded.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = (recorded[i] - recorded[0]) / trace.speedup() / 1e9;
        }
        double horizon = scenario.run().durationNanos() / 1e9;
        double interval = scenario.polling().intervalNanos() / 1e9;
        TraceClosedForms forms = new TraceClosedForms(times, horizon);
        double polls = horizon / interval;
        double requests = polls;
        int retention = scenario.events().retention();
        int pageLimit = scenario.polling().pageLimit();
        double more = 1;
        for (int page = pageLimit; page < Math.min(retention, forms.events()) && more > 0; page += pageLimit) {
            more = forms.pollsWithAtLeast(page + 1, interval);
            requests += more;
        }
        double wasted = 1 - forms.pollsWithAtLeast(1, interval) / polls;
        return new TraceCounts(polls, wasted, requests, forms.events(), forms.lost(retention, interval));
    }

    double lostRatio() {
        return events == 0 ? 0 : lost / events;
    }

    double delivered() {
        return events - lost;
    }
}
