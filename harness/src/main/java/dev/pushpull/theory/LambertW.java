package dev.pushpull.theory;

/** Lambert's W, the inverse of {@code w e^w}. */
public final class LambertW {
    private static final double BRANCH_POINT = -Math.exp(-1);

    /** Closer to the branch point than this, the series alone is exact to the last digits. */
    private static final double SERIES_ALONE = 1e-4;

    private static final int MOST_STEPS = 50;

    private LambertW() {}

    /**
     * The principal branch W0: starts from a series about the branch point or from logarithms, then iterates by Halley
     * (Corless et al., On the Lambert W function, 1996).
     *
     * @param x at least -1/e; a value that rounding puts below it counts as -1/e
     * @throws IllegalArgumentException below -1/e
     */
    public static double w0(double x) {
        if (!(x >= BRANCH_POINT - 1e-15)) {
            throw new IllegalArgumentException("W0 is real from -1/e on, not at " + x);
        }
        double p = Math.sqrt(Math.max(0, 2 * (Math.E * x + 1)));
        if (p < SERIES_ALONE) {
            return nearBranchPoint(p);
        }
        double w = p < 1 ? nearBranchPoint(p) : x < 3 ? Math.log1p(x) : Math.log(x) - Math.log(Math.log(x));
        for (int step = 0; step < MOST_STEPS; step++) {
            double exp = Math.exp(w);
            double excess = w * exp - x;
            double next = w - excess / (exp * (w + 1) - (w + 2) * excess / (2 * w + 2));
            if (Math.abs(next - w) <= 1e-16 * Math.abs(next)) {
                return next;
            }
            w = next;
        }
        return w;
    }

    /** The series in p = sqrt(2 (e x + 1)). */
    private static double nearBranchPoint(double p) {
        return -1 + p * (1 + p * (-1.0 / 3 + p * (11.0 / 72 + p * (-43.0 / 540))));
    }
}
