package dev.pushpull.experiment.capacity;

import dev.pushpull.scenario.CapacityAnswer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The posterior distribution of the highest rate that a path sustains, over a grid of its logarithm. A step fails with the
 * probability {@code a + (1 - a - FLUKE) / (1 + exp(-(u - ln theta) / s))}: {@code u} is the logarithm of the step's rate,
 * {@code theta} is the rate looked for, {@code s} says how gradually steps begin to fail, and {@code a} is the share of
 * steps that fail for other reasons. {@code theta}, {@code s} and {@code a} are unknown. Each step updates the odds, so no
 * single one decides. Psychophysics finds the threshold of a sense in the same way. Reads no clock and makes no request.
 */
final class CapacityPosterior {
    /** Between neighbours of the grid, in ln theta. */
    static final double SPACING = 0.01;

    private static final double[] WIDTHS = {0.01, 0.02, 0.04, 0.08, 0.16, 0.32};
    private static final double[] WIDTH_WEIGHTS = {0.18, 0.22, 0.22, 0.18, 0.12, 0.08};
    private static final double[] LAPSES = {0.02, 0.08, 0.25};
    private static final double[] LAPSE_WEIGHTS = {0.6, 0.3, 0.1};

    /** Share of steps that hold although the rate is too high. */
    private static final double FLUKE = 0.02;

    /** A path that is always busy carries more than it does within a bound; by about this much. */
    private static final double BELOW_SATURATION = 0.10;

    private static final double NEAR_SATURATION = 0.20;
    private static final double NEAR_SHARE = 0.9;

    /**
     * By how much repeated answers differ although nothing has changed, beyond what their steps leave open, in ln theta.
     * Seven runs each of three paths, on two shared cores of an AMD EPYC: 0.04, 0.09 and 0.09. A path's limit does not
     * follow the speed of a bare echo exactly, and each run has JVMs of its own.
     */
    private static final double SYSTEM = 0.08;

    private static final double STEEPEST = 40;

    /** Points of the curve below this share of the highest are not kept. */
    private static final double WORTH_KEEPING = 1e-3;

    private final double[] lnRates;

    /** By grid point, then width, then lapse; adds up to 1. */
    private final double[] probability;

    /**
     * Nothing tried yet: nine tenths near the saturation rate, one tenth anywhere.
     *
     * @param lowestPerSecond where the grid begins
     * @param highestPerSecond below which it ends
     * @param saturationPerSecond what the path carried when it was always busy
     */
    CapacityPosterior(double lowestPerSecond, double highestPerSecond, double saturationPerSecond) {
        double lowest = Math.log(lowestPerSecond);
        int points = Math.max(2, (int) Math.ceil((Math.log(highestPerSecond) - lowest) / SPACING));
        lnRates = new double[points];
        double[] near = new double[points];
        double middle = Math.log(saturationPerSecond) - BELOW_SATURATION;
        for (int point = 0; point < points; point++) {
            lnRates[point] = lowest + point * SPACING;
            double away = (lnRates[point] - middle) / NEAR_SATURATION;
            near[point] = Math.exp(-0.5 * away * away);
        }
        double sum = Arrays.stream(near).sum();
        probability = new double[points * WIDTHS.length * LAPSES.length];
        for (int point = 0; point < points; point++) {
            double here = (sum > 0 ? NEAR_SHARE * near[point] / sum : 0) + (1 - NEAR_SHARE) / points;
            for (int width = 0; width < WIDTHS.length; width++) {
                for (int lapse = 0; lapse < LAPSES.length; lapse++) {
                    probability[at(point, width, lapse)] = here * WIDTH_WEIGHTS[width] * LAPSE_WEIGHTS[lapse];
                }
            }
        }
        normalise();
    }

    private static int at(int point, int width, int lapse) {
        return (point * WIDTHS.length + width) * LAPSES.length + lapse;
    }

    /**
     * Takes the result of a step.
     *
     * @param held whether the path sustained it
     * @param perSecond its rate, as the machine of nominal speed would have it; several equally likely ones where the
     *     speed is uncertain
     */
    void tried(boolean held, double... perSecond) {
        for (int point = 0; point < lnRates.length; point++) {
            for (int width = 0; width < WIDTHS.length; width++) {
                double beyond = 0;
                for (double one : perSecond) {
                    double z = (Math.log(one) - lnRates[point]) / WIDTHS[width];
                    beyond += 1 / (1 + Math.exp(-Math.max(-STEEPEST, Math.min(STEEPEST, z)))) / perSecond.length;
                }
                for (int lapse = 0; lapse < LAPSES.length; lapse++) {
                    double fails = LAPSES[lapse] + (1 - LAPSES[lapse] - FLUKE) * beyond;
                    probability[at(point, width, lapse)] *= held ? 1 - fails : fails;
                }
            }
        }
        normalise();
    }

    private void normalise() {
        double sum = Arrays.stream(probability).sum();
        for (int index = 0; index < probability.length; index++) {
            probability[index] /= sum;
        }
    }

    /** The rate below which theta lies with this probability, 0 to 1. */
    double quantilePerSecond(double share) {
        return Math.exp(quantile(marginal(), share));
    }

    /** Half of the 95 % interval of ln theta. */
    double halfWidth() {
        double[] marginal = marginal();
        return (quantile(marginal, 0.975) - quantile(marginal, 0.025)) / 2;
    }

    /** Median and 2.5 to 97.5 %, including the difference between repeated runs. */
    CapacityAnswer.Rate answer() {
        double[] smooth = smooth();
        return new CapacityAnswer.Rate(
                Math.exp(quantile(smooth, 0.5)), Math.exp(quantile(smooth, 0.025)), Math.exp(quantile(smooth, 0.975)));
    }

    /** The curve that {@link #answer} is taken from. */
    List<CapacityAnswer.Point> curve() {
        double[] smooth = smooth();
        double highest = Arrays.stream(smooth).max().orElse(0);
        List<CapacityAnswer.Point> curve = new ArrayList<>();
        for (int point = 0; point < smooth.length; point++) {
            if (smooth[point] >= WORTH_KEEPING * highest) {
                curve.add(new CapacityAnswer.Point(Math.exp(lnRates[point]), smooth[point]));
            }
        }
        return curve;
    }

    private double[] marginal() {
        double[] marginal = new double[lnRates.length];
        int each = WIDTHS.length * LAPSES.length;
        for (int index = 0; index < probability.length; index++) {
            marginal[index / each] += probability[index];
        }
        return marginal;
    }

    private double[] smooth() {
        double[] marginal = marginal();
        int reach = (int) Math.round(5 * SYSTEM / SPACING);
        double[] kernel = new double[2 * reach + 1];
        for (int offset = -reach; offset <= reach; offset++) {
            double away = offset * SPACING / SYSTEM;
            kernel[offset + reach] = Math.exp(-0.5 * away * away);
        }
        double sum = Arrays.stream(kernel).sum();
        double[] smooth = new double[marginal.length];
        for (int point = 0; point < marginal.length; point++) {
            for (int offset = -reach; offset <= reach; offset++) {
                int to = Math.max(0, Math.min(marginal.length - 1, point + offset)); // nothing is lost beyond the grid
                smooth[to] += marginal[point] * kernel[offset + reach] / sum;
            }
        }
        return smooth;
    }

    /** Between the grid's points as if the sum rose in a straight line. */
    private double quantile(double[] marginal, double share) {
        double wanted = share * Arrays.stream(marginal).sum();
        double below = marginal[0];
        if (wanted <= below) {
            return lnRates[0];
        }
        for (int point = 1; point < marginal.length; point++) {
            double upTo = below + marginal[point];
            if (wanted <= upTo) {
                return lnRates[point - 1] + SPACING * (wanted - below) / marginal[point];
            }
            below = upTo;
        }
        return lnRates[lnRates.length - 1];
    }
}
