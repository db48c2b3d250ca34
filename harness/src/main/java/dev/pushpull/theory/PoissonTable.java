package dev.pushpull.theory;

import java.util.Arrays;

/** P(N > n) of a Poisson number for every n up to some most, computed at once by recursion; to about 14 digits. */
final class PoissonTable {
    private static final int STIRLING = 30;

    private final double[] atMost;

    /**
     * @param mean above 0
     * @param most the largest n that is asked for, at least 0
     */
    PoissonTable(double mean, int most) {
        double[] probability = new double[most + 1];
        int from = (int) Math.min(most, Math.floor(mean));
        probability[from] = Math.exp(from * Math.log(mean) - mean - logFactorial(from));
        for (int n = from; n > 0 && probability[n] > 0; n--) {
            probability[n - 1] = probability[n] * n / mean;
        }
        double term = probability[from];
        double sum = 0;
        for (int n = 0; n <= from; n++) {
            sum += probability[n];
            probability[n] = sum;
        }
        for (int n = from + 1; n <= most; n++) {
            term = term * mean / n;
            if (sum + term == sum) { // nor do later ones change it, which are smaller
                Arrays.fill(probability, n, most + 1, sum);
                break;
            }
            sum += term;
            probability[n] = sum;
        }
        this.atMost = probability;
    }

    /** P(N <= n). */
    double atMost(int n) {
        return n < 0 ? 0 : atMost[n];
    }

    /** P(N > n). */
    double above(int n) {
        return 1 - atMost(n);
    }

    private static double logFactorial(int n) {
        double sum = 0;
        if (n < STIRLING) {
            for (int i = 2; i <= n; i++) {
                sum += Math.log(i);
            }
            return sum;
        }
        double x = n;
        return x * Math.log(x)
                - x
                + Math.log(2 * Math.PI * x) / 2
                + 1 / (12 * x)
                - 1 / (360 * x * x * x)
                + 1 / (1260 * Math.pow(x, 5));
    }
}
