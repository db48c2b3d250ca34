package dev.pushpull.theory;

/**
 * A backoff when the arrival rate switches: the chain of interval and phase at each poll, computed with matrix
 * exponentials (docs/theory.md section 6).
 *
 * @param wasted share of polls that find nothing
 * @param meanInterval seconds
 * @param meanWait mean seconds that an event waits for its poll
 */
public record ModulatedBackoff(double wasted, double meanInterval, double meanWait) {
    /** @param ladder seconds, rising; the last interval is kept until something is found */
    public static ModulatedBackoff of(double[] ladder, ModulatedPoisson arrivals) {
        Matrix2[] before = new Matrix2[ladder.length]; // from the last hit to a poll after the i-th interval began
        Matrix2 reached = Matrix2.IDENTITY;
        Matrix2 toNextHit = new Matrix2(0, 0, 0, 0);
        for (int i = 0; i < ladder.length; i++) {
            Matrix2 empty = arrivals.phasesWithoutEvent().exp(ladder[i]);
            Matrix2 hit = arrivals.phases().exp(ladder[i]).minus(empty);
            boolean last = i == ladder.length - 1;
            before[i] = last ? reached.times(Matrix2.IDENTITY.minus(empty).inverse()) : reached;
            toNextHit = toNextHit.plus(before[i].times(hit));
            reached = reached.times(empty);
        }
        double[] afterHit = toNextHit.stationary();
        double polls = 0;
        double seconds = 0;
        double events = 0;
        double waited = 0;
        for (int i = 0; i < ladder.length; i++) {
            double[] phase = before[i].after(afterHit);
            double visits = phase[0] + phase[1];
            polls += visits;
            seconds += visits * ladder[i];
            events += phase[0] * count(arrivals, arrivals.firstRate(), ladder[i])
                    + phase[1] * count(arrivals, arrivals.secondRate(), ladder[i]);
            waited += phase[0] * waits(arrivals, arrivals.firstRate(), ladder[i])
                    + phase[1] * waits(arrivals, arrivals.secondRate(), ladder[i]);
        }
        return new ModulatedBackoff(1 - 1 / polls, seconds / polls, waited / events);
    }

    /** Mean events in an interval that begins in a phase with the given rate. */
    private static double count(ModulatedPoisson arrivals, double rate, double interval) {
        double g = arrivals.leaveFirst() + arrivals.leaveSecond();
        return arrivals.rate() * interval + (rate - arrivals.rate()) * -Math.expm1(-g * interval) / g;
    }

    /** Mean sum of their waits until its end. */
    private static double waits(ModulatedPoisson arrivals, double rate, double interval) {
        double g = arrivals.leaveFirst() + arrivals.leaveSecond();
        double settling = (interval + Math.expm1(-g * interval) / g) / g;
        return arrivals.rate() * interval * interval / 2 + (rate - arrivals.rate()) * settling;
    }
}
