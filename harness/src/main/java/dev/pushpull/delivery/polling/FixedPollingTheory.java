package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.theory.PollCycles;

/** Closed forms of polling at a fixed interval, plain and conditional (docs/theory.md sections 1 to 4, 7, 8 and 10). */
final class FixedPollingTheory {
    private final Scenario scenario;
    private final ArrivalClosedForms arrivals;
    private final FigureSheet sheet;
    private final PollConnections connections;
    private final PollGaps gaps;
    private final FixedPollingLatency latency;
    private final FixedPollingCosts costs;

    private FixedPollingTheory(Scenario scenario, boolean conditional) {
        this.scenario = scenario;
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.sheet = new FigureSheet(scenario);
        this.connections = new PollConnections(scenario);
        this.gaps = new PollGaps(scenario, connections);
        this.latency = new FixedPollingLatency(scenario, arrivals, connections, sheet);
        this.costs = new FixedPollingCosts(scenario, conditional, arrivals, connections, sheet);
    }

    /** Plain polls. */
    static Prediction predict(Scenario scenario) {
        return new FixedPollingTheory(scenario, false).written();
    }

    /** Polls with an ETag, answered 304 when there is nothing: the bytes differ, nothing else. */
    static Prediction predictConditional(Scenario scenario) {
        return new FixedPollingTheory(scenario, true).written();
    }

    private Prediction written() {
        double interval = scenario.polling().intervalNanos() / 1e9;
        sheet.put("load_factor", arrivals.rate() * interval, "λT", "the mean rate alone");
        if (scenario.wire().modelled() && !gaps.faultless()) {
            return sheet.prediction();
        }
        if (scenario.events().arrivals() instanceof TraceArrivals trace) {
            traced(trace);
        } else {
            gaps.cycles().ifPresent(this::stationary);
        }
        if (gaps.faultless()) {
            latency.ages();
            costs.peak();
        }
        connections.writeTo(sheet);
        costs.crossovers();
        costs.sizes();
        return sheet.prediction();
    }

    private void stationary(PollCycles cycles) {
        String uneven = gaps.faultless()
                ? ""
                : gaps.limited()
                        ? "; T varies: Q polls, then a pause (section 8)"
                        : "; T varies: the gaps that outages leave (section 8)";
        double found = arrivals.rate() * cycles.meanLength();
        double lost = cycles.perPoll(arrivals::lost) / found;
        latency.stationary(cycles, lost, gaps.faultless());
        costs.stationary(
                cycles.meanLength(),
                cycles.perPoll(arrivals::empty),
                cycles.perPoll(arrivals::requests),
                gaps.refused(),
                lost,
                uneven);
        sheet.put(
                "lost_ratio",
                lost,
                "E[(N-B)+] / (λT)",
                arrivals.law() + "; the B newest are kept, and every poll reads all (section 8)" + uneven);
    }

    private void traced(TraceArrivals trace) {
        if (scenario.polling().phase() == Phase.ALIGNED || !gaps.faultless() || connections.alternate()) {
            return;
        }
        TraceCounts counts = TraceCounts.of(trace, scenario);
        String assumption = "this very trace, averaged over a random phase of the polls";
        latency.traced(counts, assumption);
        costs.traced(counts, assumption);
    }
}
