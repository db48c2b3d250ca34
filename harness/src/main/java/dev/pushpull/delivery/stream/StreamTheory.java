package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.Pushes;
import dev.pushpull.delivery.Theory;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.theory.BesidePolls;
import dev.pushpull.theory.ReconciledStream;
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

    /** Whether legs always take exactly as long as the scenario says, even no time. */
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
     * The closed forms of a mode.
     *
     * @param sizes of a connection and of what passes over it, in a scenario
     * @param jitterNanos a consumer waits up to so much longer than it was told, at random
     */
    public static Theory of(Function<Scenario, ExchangeSizes> sizes, ToLongFunction<Scenario> jitterNanos) {
        return new Theory() {
            @Override
            public Optional<Prediction> predict(Scenario scenario) {
                return predict(scenario, false);
            }

            @Override
            public Optional<Prediction> predictWithConstantLegs(Scenario scenario) {
                return predict(scenario, true);
            }

            private Optional<Prediction> predict(Scenario scenario, boolean exact) {
                return StreamCourse.of(scenario, jitterNanos.applyAsLong(scenario))
                        .map(course -> new StreamTheory(scenario, course, exact).prediction(sizes.apply(scenario)));
            }

            @Override
            public Optional<Pushes> besidePolls(Scenario scenario, double intervalSeconds) {
                Optional<BesidePolls> delays = StreamCourse.of(scenario, jitterNanos.applyAsLong(scenario))
                        .flatMap(course -> new StreamTheory(scenario, course, false).besidePolls(intervalSeconds));
                return Theory.super
                        .besidePolls(scenario, intervalSeconds)
                        .map(costs -> new Pushes(
                                costs.requests(),
                                costs.bytes(),
                                costs.lost(),
                                delays,
                                costs.called(),
                                StreamCourse.of(scenario, jitterNanos.applyAsLong(scenario))
                                        .map(StreamCourse::assumption)
                                        .orElse(costs.fate())));
            }
        };
    }

    /** Known where all gaps are alike, and all of their events come with the next connection, or none. */
    private Optional<BesidePolls> besidePolls(double intervalSeconds) {
        boolean all = lost() < NEVER;
        boolean none = StreamOptions.REPLAY.in(scenario).most() == 0;
        if (course.breaks() && !(course.constantGap() && (all || none))) {
            return Optional.empty();
        }
        return Optional.of(new ReconciledStream(
                course.cycle().meanDown() < 0
                        ? StreamCycle.constantGap(course.cycle().meanUp(), 0)
                        : course.cycle(),
                all,
                course.constantUp(),
                intervalSeconds,
                scenario.network().pollResponseNanos() / 1e9,
                leg));
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
        double times = course.times();
        sheet.put(
                "frames_per_delivery",
                times * answered(1, sizes.frames().eventAnswer())
                        + (answered(heartbeats, sizes.frames().heartbeatAnswer()) + perSecond) / delivered,
                "1 + (heartbeats + connections) / delivery, and answers; heartbeats " + course.heartbeatFormula(),
                assumption);
        double each = sizes.request()
                + sizes.fullAnswer()
                + sizes.opening().fromClient()
                + sizes.opening().fromServer();
        sheet.put(
                "bytes_per_delivery",
                times * (sizes.perEvent() + sizes.frames().eventAnswer())
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
        if (!course.breaks() || course.cycle().meanDown() <= 0) {
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
        if (!course.breaks() || course.cycle().meanDown() <= 0) {
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
        if (!course.breaks() || course.cycle().meanDown() <= 0 || replay.most() == 0) {
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
