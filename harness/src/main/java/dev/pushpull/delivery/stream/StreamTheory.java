package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.Theory;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.theory.StreamCycle;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Closed forms of held connections (docs/theory.md section 14). */
public final class StreamTheory {
    /** A smaller share of losses is none. */
    private static final double NEVER = 1e-9;

    private final Scenario scenario;
    private final ArrivalClosedForms arrivals;
    private final StreamCourse course;
    private final FigureSheet sheet;
    private final double rate;
    private final double leg;
    private final boolean exact;

    private StreamTheory(Scenario scenario, StreamCourse course, boolean exact) {
        this.exact = exact;
        this.scenario = scenario;
        this.course = course;
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.sheet = new FigureSheet(scenario);
        this.rate = arrivals.rate();
        this.leg = StreamOptions.legNanos(scenario) / 1e9;
    }

    /**
     * Predicts what follows from the course of connections; empty where it has no closed form.
     *
     * @param sizes of a connection and of what passes over it
     */
    public static Optional<Prediction> predict(Scenario scenario, ExchangeSizes sizes) {
        return predict(scenario, sizes, 0);
    }

    /**
     * The same where a consumer waits longer than it was told, at random.
     *
     * @param jitterNanos up to so much longer
     */
    public static Optional<Prediction> predict(Scenario scenario, ExchangeSizes sizes, long jitterNanos) {
        return predict(scenario, sizes, jitterNanos, false);
    }

    private static Optional<Prediction> predict(
            Scenario scenario, ExchangeSizes sizes, long jitterNanos, boolean exact) {
        return StreamCourse.of(scenario, jitterNanos)
                .map(course -> new StreamTheory(scenario, course, exact).prediction(sizes));
    }

    /**
     * All that is known of a mode that holds connections.
     *
     * @param sizes of a connection and of what passes over it
     * @param jitterNanos how much longer than told a consumer waits at most
     */
    public static Theory of(Function<Scenario, ExchangeSizes> sizes, ToLongFunction<Scenario> jitterNanos) {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return StreamTheory.predict(scenario, sizes.apply(scenario), jitterNanos.applyAsLong(scenario));
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return StreamTheory.predict(scenario, sizes.apply(scenario), jitterNanos.applyAsLong(scenario), true);
            }
        };
    }

    private Prediction prediction(ExchangeSizes sizes) {
        int consumers = scenario.events().consumers();
        double seconds = scenario.run().durationNanos() / 1e9;
        String assumption = course.assumption();
        double lost = lost();
        latencies(lost);
        double delivered = rate * (1 - lost);
        double perSecond = course.connectionsPerSecond();
        double heartbeats = course.heartbeatsPerSecond(rate, arrivals.isPoisson());
        String connections = (course.breaks() ? "1 / E[C]" : "1 / run");
        String perDelivery = connections + " / (λ (1 - lost))";
        sheet.put("requests_per_delivery", perSecond / delivered, perDelivery, assumption);
        sheet.put("connections_per_delivery", perSecond / delivered, perDelivery, assumption);
        sheet.put(
                "connection_seconds_per_delivery",
                course.shareHeld() / delivered,
                course.held() + "/E[C] / (λ (1 - lost))",
                assumption);
        sheet.put(
                "frames_per_delivery",
                answered(1, sizes.frames().eventAnswer())
                        + (answered(heartbeats, sizes.frames().heartbeatAnswer()) + perSecond) / delivered,
                "1 + (heartbeats + connections) / delivery, and answers; heartbeats " + course.heartbeatFormula(),
                assumption);
        double each = sizes.request()
                + sizes.fullAnswer()
                + sizes.opening().fromClient()
                + sizes.opening().fromServer();
        sheet.put(
                "bytes_per_delivery",
                sizes.perEvent()
                        + sizes.frames().eventAnswer()
                        + (each * perSecond + sizes.frames().heartbeats() * heartbeats) / delivered,
                "s + (q + h) connections/delivery + b heartbeats/delivery",
                "bytes of this program's surface (section 4), else as above");
        sheet.put("lost_ratio", lost, lostFormula(), assumption);
        sheet.put("held_connections", consumers * course.shareHeld(), "N " + course.held() + "/E[C]", assumption);
        if (course.breaks()) {
            sheet.put("reconnects", consumers * seconds * perSecond, "N run / E[C]", assumption);
            if (lost > 0) {
                sheet.put("lost_in_gap", consumers * seconds * rate * lost, "N λ run lost", assumption);
            }
        }
        sheet.requests(perSecond, "N " + connections, assumption);
        return sheet.prediction();
    }

    private static double answered(double frames, double bytesOfAnAnswer) {
        return bytesOfAnAnswer > 0 ? 2 * frames : frames;
    }

    /** The share of the events that no connection brings. */
    private double lost() {
        if (!course.breaks()) {
            return 0;
        }
        Replay replay = StreamOptions.REPLAY.in(scenario);
        StreamCycle cycle = course.cycle();
        if (replay.isByAge()) {
            double window = replay.withinNanos() / 1e9;
            if (course.ownGaps()) {
                return course.longestGap() <= window ? 0 : Double.NaN;
            }
            if (course.jitter() > 0) {
                return cycle.lostOlderThanUniform(window, course.jitter());
            }
            return course.constantGap()
                    ? cycle.lostOlderThan(window)
                    : cycle.lostOlderThanExponential(window, course.constantPart());
        }
        int kept = Math.min(replay.most(), scenario.events().retention());
        if (kept == 0) {
            return cycle.shareDown();
        }
        if (!arrivals.isPoisson()) {
            return Double.NaN;
        }
        if (course.jitter() > 0 || course.ownGaps()) { // known only where even the longest gap loses nothing
            StreamCycle longest = StreamCycle.constantGap(cycle.meanUp(), course.longestGap());
            return longest.lostBeyond(rate, kept) < NEVER ? 0 : Double.NaN;
        }
        if (course.constantGap()) {
            return cycle.lostBeyond(rate, kept);
        }
        double atMost = cycle.lostBeyondExponential(rate, kept);
        return course.constantPart() == 0 ? atMost : atMost < NEVER ? 0 : Double.NaN;
    }

    private String lostFormula() {
        Replay replay = StreamOptions.REPLAY.in(scenario);
        if (!course.breaks()) {
            return "0";
        }
        return replay.isByAge()
                ? "E[(D - ω)+] / E[C]"
                : replay.most() == 0 ? "φ = E[D] / E[C]" : "E[(N - B)+] / (λ E[C])";
    }

    private void latencies(double lost) {
        String assumption = course.assumption();
        Replay replay = StreamOptions.REPLAY.in(scenario);
        boolean constantLeg = scenario.network().drawn(Scenario.Leg.WEBHOOK).isEmpty();
        if (!course.breaks() || replay.most() == 0) {
            if (leg > 0 || exact) {
                sheet.put("latency_mean_ms", 1e3 * leg, "d", assumption);
                if (constantLeg) {
                    sheet.quantiles(p -> leg, "d", assumption);
                }
            }
            return;
        }
        StreamCycle cycle = course.cycle();
        if (lost < NEVER) {
            sheet.put("latency_mean_ms", 1e3 * (leg + cycle.meanWait()), "d + E[D^2] / (2 E[C])", assumption);
            if (constantLeg && course.constantGap()) {
                sheet.quantiles(p -> leg + cycle.waitQuantile(p), "d + D (1 - (1-p)/φ)+", assumption);
            }
        } else if (replay.isByAge() && course.constantGap()) {
            double window = replay.withinNanos() / 1e9;
            sheet.put(
                    "latency_mean_ms",
                    1e3 * (leg + cycle.meanWaitWithin(window)),
                    "d + ω^2 / (2 (E[U] + ω))",
                    assumption);
        }
    }
}
