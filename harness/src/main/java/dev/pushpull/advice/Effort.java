package dev.pushpull.advice;

/**
 * How finely to search.
 *
 * @param most values of a setting to begin with
 * @param finest the smallest step, as a factor
 * @param starts values of the grid at most around which to look more closely
 * @param tolerated share by which the objective may get worse for a setting with fewer digits; 0 where digits are of no interest
 */
record Effort(int most, double finest, int starts, double tolerated) {
    /** For closed forms. */
    static final Effort FINE = new Effort(40, 1.00005, 3, 0.002);

    /** For closed forms that are asked again and again. */
    static final Effort QUICK = new Effort(16, 1.001, 3, 0);

    /** For runs in virtual time. */
    static final Effort COARSE = new Effort(8, 1.03, 1, 0.05);

    /** The values of each range where there are several. */
    int perRange(int ranges) {
        return Math.max(4, (int) Math.round(Math.pow(most, 1.0 / Math.max(1, ranges))) + (ranges > 1 ? 6 : 0));
    }
}
