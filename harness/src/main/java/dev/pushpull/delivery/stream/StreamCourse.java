package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.theory.StreamCycle;
import java.util.Optional;

/**
 * The course of a consumer's connections, where it has a closed form: what ends them, and what follows from it.
 *
 * @param ends what ends a connection
 * @param cycle a life and a gap; of one that nothing ends, the run itself
 * @param constantPart of a gap, in seconds: the part that is not the outage
 * @param jitter J, seconds: the width over which gaps that no outage makes are uniform
 * @param heartbeat h, seconds; 0 for none
 * @param between what a middlebox does to it
 */
record StreamCourse(
        Ends ends,
        StreamCycle cycle,
        double constantPart,
        double jitter,
        double heartbeat,
        boolean idle,
        BetweenCourse between,
        String assumption) {
    private static final double SMALLEST_TERM = 1e-15;

    /** What ends connections. */
    enum Ends {
        NOTHING,
        LIFETIME,
        SILENCE,
        OUTAGES
    }

    /** Empty where several things end connections, or outages at given times do. */
    static Optional<StreamCourse> of(Scenario scenario, long jitterNanos) {
        double jitter = jitterNanos / 1e9;
        Scenario.Faults faults = scenario.faults();
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double lifetime = StreamOptions.LIFETIME.in(scenario) / 1e9;
        long silenceNanos = StreamOptions.endingSilenceNanos(scenario);
        boolean silence = silenceNanos < Long.MAX_VALUE;
        boolean outages = faults.meanUpNanos() > 0 && faults.meanDownNanos() > 0;
        BetweenCourse between = BetweenCourse.of(scenario);
        boolean byBetween = between.ends() != Ends.NOTHING;
        boolean lives = lifetime > 0 && between.ends() != Ends.LIFETIME;
        silence &= between.ends() != Ends.SILENCE;
        int reasons = (lives ? 1 : 0) + (silence ? 1 : 0) + (outages ? 1 : 0) + (byBetween ? 1 : 0);
        if (reasons > 1 || !between.known() || !faults.outages().isEmpty() || silence && !arrivals.isPoisson()) {
            return Optional.empty();
        }
        if (byBetween
                && between.jitter() > 0
                && jitter > 0
                && scenario.wire().behind().silent()) {
            return Optional.empty(); // the sum of two random parts
        }
        double gap = StreamOptions.gapNanos(scenario) / 1e9;
        double returns = StreamOptions.returnsWithinNanos(scenario) / 1e9;
        double heartbeat = StreamOptions.HEARTBEAT.in(scenario) / 1e9;
        boolean idle = StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.IDLE;
        String gapText = "; gap D = %s".formatted(Quantity.readable(StreamOptions.gapNanos(scenario)))
                + (jitterNanos > 0 ? " and up to %s more".formatted(Quantity.readable(jitterNanos)) : "");
        if (StreamOptions.overlaps(scenario)) {
            if (byBetween && !endsUnannounced(between, scenario)) {
                return Optional
                        .empty(); // some connections are followed by the next one before their end, others after it
            }
            if (!byBetween) {
                return Optional.of(new StreamCourse(
                        Ends.LIFETIME,
                        StreamCycle.overlapping(lifetime, StreamOptions.overlapNanos(scenario) / 1e9),
                        0,
                        0,
                        heartbeat,
                        idle,
                        between,
                        "a long run; each connection lives for U = %s, and the next one is there %s before its end"
                                .formatted(
                                        Quantity.readable(StreamOptions.LIFETIME.in(scenario)),
                                        Quantity.readable(StreamOptions.overlapNanos(scenario)))));
            }
        }
        if (byBetween) {
            double down = gap + between.unnoticed() + jitter / 2;
            double variance = between.unnoticedVariance() + jitter * jitter / 12;
            return Optional.of(new StreamCourse(
                    between.ends(),
                    new StreamCycle(between.meanUp(), down, down * down + variance),
                    gap,
                    jitter,
                    between.ends() == Ends.SILENCE ? 0 : heartbeat,
                    idle,
                    between,
                    "a long run; " + between.text() + gapText));
        }
        if (lifetime > 0) {
            return Optional.of(new StreamCourse(
                    Ends.LIFETIME,
                    StreamCycle.uniformGap(lifetime, gap, jitter),
                    gap,
                    jitter,
                    heartbeat,
                    idle,
                    between,
                    "a long run; each connection lives for U = %s"
                                    .formatted(Quantity.readable(StreamOptions.LIFETIME.in(scenario)))
                            + gapText));
        }
        if (silence) {
            double life = StreamCycle.lifeUntilSilence(arrivals.rate(), silenceNanos / 1e9);
            return Optional.of(new StreamCourse(
                    Ends.SILENCE,
                    StreamCycle.uniformGap(life, gap, jitter),
                    gap,
                    jitter,
                    0,
                    idle,
                    between,
                    "a long run; Poisson arrivals; a connection ends after a silence of τ = %s, E[U] = (e^(λτ) - 1)/λ"
                                    .formatted(Quantity.readable(silenceNanos))
                            + gapText));
        }
        if (outages) {
            return Optional.of(new StreamCourse(
                    Ends.OUTAGES,
                    StreamCycle.exponentialGap(faults.meanUpNanos() / 1e9, returns, faults.meanDownNanos() / 1e9),
                    returns,
                    0,
                    heartbeat,
                    idle,
                    between,
                    "a long run; outages end connections; D is an outage and the time to connect"));
        }
        return Optional.of(new StreamCourse(
                Ends.NOTHING,
                StreamCycle.constantGap(scenario.run().durationNanos() / 1e9, 0),
                0,
                0,
                heartbeat,
                idle,
                between,
                "each consumer's one connection lasts for the whole run"));
    }

    /** Whether consumers notice that each connection has ended before they would open the next one anyway. */
    private static boolean endsUnannounced(BetweenCourse between, Scenario scenario) {
        double noticed = between.life() + between.jitter() + (between.unnoticed() > 0 ? between.unnoticedMost() : 0);
        double opensNext = (StreamOptions.LIFETIME.in(scenario)
                        - StreamOptions.overlapNanos(scenario)
                        - StreamOptions.returnsWithinNanos(scenario))
                / 1e9;
        return between.ends() == Ends.LIFETIME && noticed < opensNext;
    }

    /** How many connections bring an event, on average. */
    double times() {
        return Math.max(1, cycle.shareUp());
    }

    /** Whether anything ends connections. */
    boolean breaks() {
        return ends != Ends.NOTHING;
    }

    boolean constantGap() {
        return ends != Ends.OUTAGES && jitter == 0 && between.unnoticedVariance() == 0;
    }

    /** Whether lives are alike, whatever the events. */
    boolean constantUp() {
        return ends != Ends.SILENCE && between.jitter() == 0;
    }

    /** The longest gap, seconds, where there is one. */
    double longestGap() {
        return between.unnoticedVariance() == 0
                ? cycle.meanDown() + jitter / 2
                : constantPart + jitter + between.unnoticedMost();
    }

    /** Whether its gaps have a law of their own, of which only the mean and the variance are known. */
    boolean ownGaps() {
        return between.unnoticedVariance() > 0;
    }

    /** The share of the time for which the consumer takes a connection to be there. */
    double shareHeld() {
        return between.unnoticed() == 0 ? cycle.shareUp() : (cycle.meanUp() + between.unnoticed()) / cycle.meanCycle();
    }

    /** What that is, of a cycle. */
    String held() {
        return between.unnoticed() == 0 ? "E[U]" : "(E[U] + E[δ])";
    }

    double connectionsPerSecond() {
        return 1 / cycle.meanCycle();
    }

    /** NaN where they depend on events without a law. */
    double heartbeatsPerSecond(double rate, boolean poisson) {
        if (heartbeat == 0) {
            return 0;
        }
        if (!idle) {
            return switch (ends) {
                case NOTHING -> 1 / heartbeat;
                case LIFETIME -> heartbeatsInALife() * connectionsPerSecond();
                default -> connectionsPerSecond() / Math.expm1(heartbeat / cycle.meanUp());
            };
        }
        if (!poisson || between.jitter() > 0) {
            return Double.NaN;
        }
        return switch (ends) {
            case NOTHING -> rate * StreamCycle.heartbeatsWhenIdle(rate, heartbeat);
            case LIFETIME -> idleWithin(rate, cycle.meanUp()) * connectionsPerSecond();
            // whatever comes first, an event or the end, ends a silence
            default ->
                (1 + rate * cycle.meanUp())
                        / Math.expm1((rate + 1 / cycle.meanUp()) * heartbeat)
                        * connectionsPerSecond();
        };
    }

    private double heartbeatsInALife() {
        return between.jitter() > 0
                ? StreamCycle.heartbeatsWithin(between.life(), between.jitter(), heartbeat)
                : Math.ceil(cycle.meanUp() / heartbeat) - 1;
    }

    /** The sum over k >= 1 of those that follow on kh of silence: e^(-λkh) (1 + λ (U - kh)), kh below U. */
    private double idleWithin(double rate, double life) {
        double sum = 0;
        for (double silent = heartbeat; silent < life; silent += heartbeat) {
            double term = Math.exp(-rate * silent) * (1 + rate * (life - silent));
            sum += term;
            if (term < SMALLEST_TERM) {
                break;
            }
        }
        return sum;
    }

    String heartbeatFormula() {
        return heartbeat == 0 ? "0" : idle ? "1 / (e^(λh) - 1)" : "1 / (λh) while connected";
    }
}
