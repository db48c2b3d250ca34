package dev.pushpull.delivery.hybrid;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.FigureSheet.Quantile;
import dev.pushpull.delivery.Pushes;
import dev.pushpull.delivery.Theory;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Prediction.Figure;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.theory.BesidePolls;
import dev.pushpull.theory.ByteCosts;
import java.util.List;
import java.util.Optional;

/** Closed forms of pushes with a reconciling poll: what is known without outages (docs/theory.md sections 8 and 14). */
final class ReconciledTheory {
    private static final double NO_LOSS = 1e-9;

    /** What polls change only by delivering more of the events. */
    private static final List<String> OF_DELIVERIES =
            List.of("connections_per_delivery", "connection_seconds_per_delivery", "frames_per_delivery");

    /** What polls do not change. */
    private static final List<String> OF_CONNECTIONS = List.of("reconnects", "held_connections");

    private final Scenario scenario;
    private final Pushes pushes;
    private final double interval;
    private final FigureSheet sheet;
    private final ArrivalClosedForms arrivals;
    private final String assumption;

    /** Whether legs always take exactly as long as the scenario says, even no time. */
    private final boolean exact;

    private ReconciledTheory(Scenario scenario, Pushes pushes, double interval, boolean exact) {
        this.exact = exact;
        this.scenario = scenario;
        this.pushes = pushes;
        this.interval = interval;
        this.sheet = new FigureSheet(scenario);
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.assumption = pushes.fate()
                + "; a poll every R = %s s of random phase finds the rest; legs constant (section 8)"
                        .formatted(interval);
    }

    /**
     * The figures, perhaps none.
     *
     * @param alone of the mode without polls
     * @param intervalNanos between polls
     * @param exact whether legs always take exactly as long as the scenario says, even no time
     */
    static Prediction predict(Scenario scenario, Theory alone, long intervalNanos, boolean exact) {
        double interval = intervalNanos / 1e9;
        Scenario.Faults faults = scenario.faults();
        boolean faultless = faults.outages().isEmpty() && faults.meanDownNanos() == 0;
        Optional<Pushes> pushes =
                scenario.wire().costs() || !faultless ? Optional.empty() : alone.besidePolls(scenario, interval);
        return pushes.map(known -> new ReconciledTheory(scenario, known, interval, exact))
                .filter(ReconciledTheory::findsAll)
                .map(theory -> theory.prediction(alone))
                .orElseGet(new FigureSheet(scenario)::prediction);
    }

    private boolean findsAll() {
        return pushes.lost() == 0 || arrivals.lost(interval) < NO_LOSS;
    }

    private Prediction prediction(Theory alone) {
        boolean constantLegs = scenario.network().drawn().isEmpty();
        pushes.delays().ifPresent(delays -> {
            if (constantLegs) {
                latency(delays);
            }
            if (constantLegs && arrivals.isPoisson() || delays.pushedFirst()) {
                sheet.put(
                        "wasted_ratio",
                        delays.wasted(arrivals.rate()),
                        "e^(-λ E[time not held before a poll])",
                        assumption);
            }
        });
        Optional<Prediction> without = alone.predict(scenario);
        without.ifPresent(this::connections);
        costs(without.map(prediction ->
                        prediction.value("rate_limited_requests_per_s").orElse(0))
                .orElse(0.0));
        return sheet.prediction();
    }

    private void latency(BesidePolls delays) {
        double mean = delays.meanDelay();
        if (mean > 0 || exact) {
            sheet.put("latency_mean_ms", 1e3 * mean, "E[min(%s, poll)]".formatted(pushes.called()), assumption);
        }
        for (Quantile quantile : Quantile.values()) {
            double delay = delays.delayQuantile(quantile.probability());
            boolean pushed = delay == delays.leastPushed();
            // of a leg that varies, only the middle is known
            if (exact || delay > 0 && (!pushed || quantile == Quantile.P50)) {
                sheet.put(
                        quantile.column(),
                        1e3 * delay,
                        pushed ? "d" : delays.quantileFormula() + " at " + quantile.probability(),
                        assumption);
            }
        }
    }

    private void connections(Prediction without) {
        for (String column : OF_DELIVERIES) {
            copy(without, column, 1 - pushes.lost());
        }
        for (String column : OF_CONNECTIONS) {
            copy(without, column, 1);
        }
    }

    private void copy(Prediction without, String column, double factor) {
        Figure figure = without.figures().get(column);
        if (figure != null) {
            sheet.put(column, figure.value() * factor, figure.formula(), figure.assumption() + "; polls find the rest");
        }
    }

    /** @param limited requests a second that count as polls do, without these polls */
    private void costs(double limited) {
        double made = pushes.requests();
        double requests = arrivals.requests(interval);
        double events = arrivals.rate() * interval;
        ByteCosts bytes = SurfaceBytes.plain(scenario, 1);
        String pages = "; polls read every event again, R_p pages each (section 3)";
        sheet.put("requests_per_delivery", made + requests / events, "E[A] + R_p/(λR)", assumption + pages);
        sheet.put(
                "bytes_per_delivery",
                pushes.bytes() + bytes.polled(events, arrivals.empty(interval), requests),
                pushes.called() + " + polling at λR",
                assumption + pages + "; bytes of this program's surface (section 4)");
        sheet.requests(arrivals.rate() * made + requests / interval, "N (λ E[A] + R_p/R)", assumption + pages);
        sheet.put(
                "rate_limited_requests_per_s",
                limited + requests / interval,
                "R_p/R",
                "every poll counts, no %s (section 4)".formatted(pushes.called()));
        sheet.put("lost_ratio", 0, "0", assumption);
    }
}
