package dev.pushpull.delivery.stream;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.scenario.Middlebox;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.theory.StreamCycle;

/**
 * How a middlebox ends a consumer's connections, where that has a closed form (docs/theory.md section 14).
 *
 * @param ends how it does; nothing where it does not
 * @param known whether there is a closed form
 * @param life U without jitter, seconds; the shortest one
 * @param meanUp E[U]
 * @param jitter J, seconds: the width over which lives are longer
 * @param unnoticed E[δ], seconds: how long the consumer does not notice, where it is not told
 * @param unnoticedVariance of δ
 * @param unnoticedMost δ is never longer
 */
record BetweenCourse(
        StreamCourse.Ends ends,
        boolean known,
        double life,
        double meanUp,
        double jitter,
        double unnoticed,
        double unnoticedVariance,
        double unnoticedMost,
        String text) {
    private static final BetweenCourse NOTHING =
            new BetweenCourse(StreamCourse.Ends.NOTHING, true, 0, 0, 0, 0, 0, 0, "");
    private static final BetweenCourse UNKNOWN =
            new BetweenCourse(StreamCourse.Ends.NOTHING, false, 0, 0, 0, 0, 0, 0, "");

    static BetweenCourse of(Scenario scenario) {
        Middlebox box = scenario.wire().behind();
        long heartbeat = StreamOptions.HEARTBEAT.in(scenario);
        boolean byIdle = !box.leavesIdle(heartbeat);
        boolean byLife = box.lifetimeNanos() > 0 && !providerIsFirst(box, scenario);
        boolean bySilence = byIdle && !consumerIsFirst(box, scenario);
        if (!bySilence && !byLife) {
            return NOTHING;
        }
        boolean heartbeatsDisturb = heartbeat > 0
                && (StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.ALWAYS
                        || !box.endsIdle(heartbeat));
        boolean unnoticedForEver = box.silent() && StreamOptions.READ_TIMEOUT.in(scenario) == 0;
        boolean silenceAsWell = box.silent() && byLife && heartbeat == 0; // the consumer's own, without heartbeats
        boolean oneOfTwo = bySilence && byLife;
        if (oneOfTwo && (box.silent() || box.jitterNanos() > 0)
                || bySilence && heartbeatsDisturb
                || unnoticedForEver
                || silenceAsWell
                || undecided(box, scenario)) {
            return UNKNOWN;
        }
        return oneOfTwo
                ? silenceWithinLifetime(box, scenario)
                : byLife ? lifetime(box, scenario) : silence(box, scenario);
    }

    /** The provider ends each connection before this can. */
    private static boolean providerIsFirst(Middlebox box, Scenario scenario) {
        long lifetime = StreamOptions.LIFETIME.in(scenario);
        return lifetime > 0 && lifetime <= box.lifetimeNanos() - StreamOptions.returnsWithinNanos(scenario);
    }

    /** The consumer gives up each silent connection before this can. */
    private static boolean consumerIsFirst(Middlebox box, Scenario scenario) {
        return StreamOptions.endingSilenceNanos(scenario) <= box.idleNanos();
    }

    /** Jitter decides who is first. */
    private static boolean undecided(Middlebox box, Scenario scenario) {
        long lifetime = StreamOptions.LIFETIME.in(scenario);
        long longest = box.lifetimeNanos() + box.jitterNanos() - StreamOptions.returnsWithinNanos(scenario);
        boolean lives =
                box.lifetimeNanos() > 0 && lifetime > 0 && !providerIsFirst(box, scenario) && lifetime < longest;
        long silence = StreamOptions.endingSilenceNanos(scenario);
        boolean silences =
                box.idleNanos() > 0 && silence > box.idleNanos() && silence < box.idleNanos() + box.jitterNanos();
        return lives || silences;
    }

    private static BetweenCourse silence(Middlebox box, Scenario scenario) {
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double jitter = box.jitterNanos() / 1e9;
        double idle = box.idleNanos() / 1e9;
        double unnoticed = box.silent()
                ? StreamOptions.READ_TIMEOUT.in(scenario) / 1e9 - idle - jitter / 2
                : 0; // from the event on
        return new BetweenCourse(
                StreamCourse.Ends.SILENCE,
                arrivals.isPoisson(),
                idle,
                StreamCycle.lifeUntilSilence(arrivals.rate(), idle, jitter),
                jitter,
                unnoticed,
                box.silent() ? jitter * jitter / 12 : 0,
                unnoticed + jitter / 2,
                "Poisson arrivals; %s ends a connection on which nothing passes for τ = %s%s, E[U] = (e^(λτ) - 1)/λ%s"
                        .formatted(box.name(), Quantity.readable(box.idleNanos()), more(box), untold(box)));
    }

    /** Whichever comes first. */
    private static BetweenCourse silenceWithinLifetime(Middlebox box, Scenario scenario) {
        ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
        double idle = box.idleNanos() / 1e9;
        double life = (box.lifetimeNanos() - StreamOptions.returnsWithinNanos(scenario)) / 1e9;
        return new BetweenCourse(
                StreamCourse.Ends.SILENCE,
                arrivals.isPoisson(),
                Math.min(idle, life),
                StreamCycle.lifeUntilSilenceWithin(arrivals.rate(), idle, life),
                0,
                0,
                0,
                0,
                "Poisson arrivals; %s ends a connection on which nothing passes for τ = %s, and each Λ = %s after its request"
                        .formatted(
                                box.name(),
                                Quantity.readable(box.idleNanos()),
                                Quantity.readable(box.lifetimeNanos())));
    }

    private static BetweenCourse lifetime(Middlebox box, Scenario scenario) {
        double jitter = box.jitterNanos() / 1e9;
        long lifeNanos = box.lifetimeNanos() - StreamOptions.returnsWithinNanos(scenario);
        double life = lifeNanos / 1e9;
        double unnoticed = 0;
        double variance = 0;
        boolean known = true;
        if (box.silent()) {
            ArrivalClosedForms arrivals = ArrivalClosedForms.of(scenario);
            long every = StreamOptions.HEARTBEAT.in(scenario);
            boolean idle = StreamOptions.HEARTBEAT_WHEN.in(scenario) == StreamOptions.HeartbeatWhen.IDLE;
            boolean even = box.jitterNanos() > 0 && box.jitterNanos() % every == 0;
            known = arrivals.isPoisson() && !idle && (box.jitterNanos() == 0 || even);
            double since = ((lifeNanos - 1) % every + 1) / 1e9;
            double rate = arrivals.rate();
            double age = even ? StreamCycle.ageOfNewestByte(rate, every / 1e9) : StreamCycle.ageSince(rate, since);
            double squared = even
                    ? StreamCycle.ageSquaredOfNewestByte(rate, every / 1e9)
                    : StreamCycle.ageSquaredSince(rate, since);
            unnoticed = StreamOptions.READ_TIMEOUT.in(scenario) / 1e9 - age;
            variance = squared - age * age;
        }
        return new BetweenCourse(
                StreamCourse.Ends.LIFETIME,
                known,
                life,
                life + jitter / 2,
                jitter,
                unnoticed,
                variance,
                StreamOptions.READ_TIMEOUT.in(scenario) / 1e9,
                "%s ends a connection Λ = %s%s after its request, U = Λ less the time to connect%s"
                        .formatted(box.name(), Quantity.readable(box.lifetimeNanos()), more(box), untold(box)));
    }

    private static String more(Middlebox box) {
        return box.jitterNanos() > 0 ? " and up to %s more".formatted(Quantity.readable(box.jitterNanos())) : "";
    }

    private static String untold(Middlebox box) {
        return box.silent() ? ", without a word: the consumer notices δ = θ - A later, A the age of the last byte" : "";
    }
}
