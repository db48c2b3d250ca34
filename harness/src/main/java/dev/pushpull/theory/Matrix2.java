package dev.pushpull.theory;

/**
 * A matrix of two rows and two columns.
 *
 * @param a first row, first column
 * @param b first row, second column
 * @param c second row, first column
 * @param d second row, second column
 */
record Matrix2(double a, double b, double c, double d) {
    static final Matrix2 IDENTITY = new Matrix2(1, 0, 0, 1);

    Matrix2 plus(Matrix2 other) {
        return new Matrix2(a + other.a, b + other.b, c + other.c, d + other.d);
    }

    Matrix2 minus(Matrix2 other) {
        return new Matrix2(a - other.a, b - other.b, c - other.c, d - other.d);
    }

    Matrix2 times(double factor) {
        return new Matrix2(a * factor, b * factor, c * factor, d * factor);
    }

    Matrix2 times(Matrix2 other) {
        return new Matrix2(
                a * other.a + b * other.c,
                a * other.b + b * other.d,
                c * other.a + d * other.c,
                c * other.b + d * other.d);
    }

    Matrix2 inverse() {
        double determinant = a * d - b * c;
        return new Matrix2(d, -b, -c, a).times(1 / determinant);
    }

    /**
     * {@code exp(M t)} by Sylvester's formula, for real eigenvalues (b c at least 0, as in a generator of a Markov
     * chain): {@code e^(s2 t) I + (e^(s1 t) - e^(s2 t)) / (s1 - s2) (M - s2 I)}.
     */
    Matrix2 exp(double t) {
        double root = Math.sqrt((a - d) * (a - d) + 4 * b * c);
        double s2 = (a + d - root) / 2;
        double slope = root == 0 ? t : Math.expm1(root * t) / root;
        if (Double.isInfinite(slope)) { // s1 t is what matters: e^(s2 t) is negligible beside it
            return minus(IDENTITY.times(s2)).times(Math.exp((s2 + root) * t) / root);
        }
        return IDENTITY.plus(minus(IDENTITY.times(s2)).times(slope)).times(Math.exp(s2 * t));
    }

    /** An upper bound for the logarithm of the larger row sum of {@code exp(M t)}, entries off the diagonal above 0. */
    double logOfLargestRowSum(double t) {
        double root = Math.sqrt((a - d) * (a - d) + 4 * b * c);
        double s1 = (a + d + root) / 2;
        double ratio = (s1 - a) / b; // the eigenvector (1, ratio) of s1, both entries above 0
        return s1 * t + Math.log(Math.max(1, ratio) / Math.min(1, ratio));
    }

    /** The row vector {@code (x, y) M}. */
    double[] after(double[] row) {
        return new double[] {row[0] * a + row[1] * c, row[0] * b + row[1] * d};
    }

    /** The row vector that {@code this}, a stochastic matrix, leaves unchanged; its sum is 1. */
    double[] stationary() {
        double sum = b + c;
        return new double[] {c / sum, b / sum};
    }
}
