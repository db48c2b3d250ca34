package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.theory.FixedRate;
import dev.pushpull.theory.Freshness;
import dev.pushpull.theory.PollCycles;
import java.util.Optional;

/**
 * How late events are with polls at a fixed interval, and how old the consumer's knowledge is (docs/theory.md sections
 * 1 and 7).
 */
final class FixedPollingLatency {
    /** A loss below this does not change the latency of delivered events. */
    static final double NO_LOSS = 1e-9;

    private static final int MOST_LATTICE_POINTS = 1000;

    private final Scenario scenario;
    private final ArrivalClosedForms arrivals;
    private final PollConnections connections;
    private final FigureSheet sheet;
    private final double interval;

    /** The distribution of the leg, unless it is constant. */
    private final Optional<Distribution> legs;

    FixedPollingLatency(
            Scenario scenario, ArrivalClosedForms arrivals, PollConnections connections, FigureSheet sheet) {
        this.scenario = scenario;
        this.arrivals = arrivals;
        this.connections = connections;
        this.sheet = sheet;
        this.interval = scenario.polling().intervalNanos() / 1e9;
        this.legs = scenario.network().drawn(Scenario.Leg.POLL_RESPONSE);
    }

    void stationary(PollCycles cycles, double lost, boolean faultless) {
        if (!(lost < NO_LOSS)) {
            return;
        }
        String assumption = "stationary arrivals whose phase is independent of the polls', even where all consumers"
                + " poll at the same moments; response leg v constant, or drawn and known by its mean; every page drained at once (section 1)"
                + lattice();
        if (connections.alternate()) {
            String alternating =
                    "stationary arrivals; every other poll opens a connection, which takes S, and looks so much"
                            + " later (section 13)";
            sheet.put(
                    "latency_mean_ms",
                    1e3 * (cycles.meanWait() + connections.leg()),
                    "(T^2 + S^2)/(2T) + v",
                    alternating);
            sheet.quantiles(
                    p -> legs.isPresent() ? Double.NaN : cycles.waitQuantile(p) + connections.leg(),
                    "residual life of T-S, T+S at p, + v",
                    alternating);
        } else if (faultless) {
            uniform(assumption);
        } else {
            String outages = "stationary arrivals; polls due in an outage are not made (section 8)";
            sheet.put("latency_mean_ms", 1e3 * (cycles.meanWait() + connections.leg()), "E[C^2]/(2 E[C]) + v", outages);
            sheet.quantiles(
                    p -> legs.isPresent() ? Double.NaN : cycles.waitQuantile(p) + connections.leg(),
                    "residual life of C at p, + v",
                    outages);
        }
    }

    /** Every wait up to T is equally likely. */
    private void uniform(String assumption) {
        sheet.put("latency_mean_ms", 1e3 * (interval / 2 + connections.leg()), "T/2 + v", assumption);
        sheet.quantiles(this::uniformQuantile, "p T + v", assumption);
    }

    /** The same for a trace. */
    void traced(TraceCounts counts, String assumption) {
        if (counts.lostRatio() < NO_LOSS) {
            uniform(assumption + " (section 1)");
        }
    }

    /**
     * The quantile of a wait uniform over T plus a leg. A drawn leg shifts a quantile by its mean as long as the
     * quantile lies above all legs and no later than T; elsewhere the shift depends on more than the mean.
     */
    private double uniformQuantile(double p) {
        double quantile = p * interval + connections.leg() - connections.wireLeg();
        boolean byMean = legs.isEmpty()
                || quantile <= interval
                        && 1e3 * quantile >= legs.get().maxMillis().orElse(0);
        return byMean ? quantile + connections.wireLeg() : Double.NaN;
    }

    /** When the periods of events and polls are commensurate, a run does not see every wait. */
    private String lattice() {
        int points = scenario.events().arrivals() instanceof PeriodicArrivals
                ? FixedRate.latticePoints(scenario.loadFactor(), MOST_LATTICE_POINTS)
                : 0;
        if (points == 0) {
            return "";
        }
        String waits = points == 1 ? "the same wait every time" : "%d waits T/%d apart".formatted(points, points);
        return ". Periods of events and polls are commensurate: a consumer sees %s, so a single run does not converge; its"
                        .formatted(waits)
                + " mean varies by %.3g ms (sd) with the phase"
                        .formatted(1e3 * FixedRate.spreadBetweenRuns(interval, points));
    }

    void ages() {
        double rate = arrivals.rate();
        if (connections.alternate() || !(arrivals.lost(interval) < NO_LOSS * rate * interval)) {
            return;
        }
        sheet.put(
                "age_of_information_ms",
                1e3 * (interval / 2 + connections.leg() + arrivals.secondsSinceLast()),
                "T/2 + v + " + arrivals.sinceLastFormula(),
                arrivals.law() + "; response leg v " + (legs.isEmpty() ? "constant" : "drawn, its mean")
                        + " (section 7)");
        if (arrivals.isPoisson() && legs.isEmpty()) {
            String assumption = "Poisson arrivals; response leg v constant (section 7)";
            sheet.put(
                    "fresh_ratio",
                    Freshness.polled(rate, interval, connections.leg()),
                    "e^(-λv) (1 - e^(-λT)) / (λT)",
                    assumption);
            sheet.put(
                    "copy_age_ms",
                    1e3 * Freshness.polledAge(rate, interval, connections.leg()),
                    "v + T/2 - 1/λ + e^(-λv) (1 - e^(-λT)) / (λ^2 T)",
                    assumption);
        }
    }
}
