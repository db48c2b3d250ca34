package dev.pushpull.cli;

/**
 * What a million requests cost.
 *
 * @param mode whose requests; empty for those of every mode without a price of its own
 * @param text as typed
 */
record RequestPrice(String mode, Sum sum, String text) {
    /** @throws dev.pushpull.scenario.InvalidInputException when it is no sum, or of an unknown mode */
    static RequestPrice read(String what, String given) {
        if (!given.contains("=")) {
            Sum sum = Sum.read(what, given);
            return new RequestPrice("", sum, sum.text());
        }
        FixedSum ofMode = FixedSum.read(what, given);
        return new RequestPrice(ofMode.mode(), ofMode.sum(), ofMode.text());
    }
}
