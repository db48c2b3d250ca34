package dev.pushpull.report;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Four common claims about polling and webhooks, each with this run's figures and a verdict.
 *
 * @param columns the modes: polling, webhooks, then any further ones
 * @param rows Effort, Real-time, Efficiency, Infrastructure
 */
public record DocumentTable(List<String> columns, List<Row> rows) {
    /**
     * One feature.
     *
     * @param cells one a column
     */
    public record Row(String feature, List<Cell> cells, Verdict verdict) {}

    /**
     * What is commonly said of a mode and what was measured.
     *
     * @param statement the claim; empty for modes of which it says nothing
     * @param run whether there was a mode at all
     * @param figures empty when the mode was not run, or nothing was counted
     */
    public record Cell(String statement, boolean run, List<Figure> figures) {
        /** Why there are no figures. */
        String absence() {
            return run ? "not counted" : "not run";
        }
    }

    /** Whether a statement holds for this run. */
    public enum Standing {
        HOLDS("Holds"),
        HOLDS_IN_PART("Holds in part"),
        FAILS("Does not hold"),
        UNDECIDED("Undecided");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** @param sentence why, in figures, and where it stops */
    public record Verdict(Standing standing, String sentence) {}

    /** The table of a run. */
    public static DocumentTable of(RunRecord run) {
        Optional<Outcome> polling = Modes.polling(run);
        Optional<Outcome> webhook = Modes.webhook(run);
        List<String> columns = new ArrayList<>();
        columns.add(polling.map(outcome -> Modes.title(run, outcome)).orElse("polling"));
        columns.add(webhook.map(outcome -> Modes.title(run, outcome)).orElse("webhook"));
        Modes.others(run).forEach(outcome -> columns.add(Modes.title(run, outcome)));
        List<Row> rows = new ArrayList<>();
        for (Feature feature : List.of(new Effort(), new RealTime(), new Efficiency(), new Infrastructure())) {
            List<Cell> cells = new ArrayList<>();
            cells.add(cell(feature.ofPolling(), feature, run, polling));
            cells.add(cell(feature.ofWebhooks(), feature, run, webhook));
            Modes.others(run).forEach(outcome -> cells.add(cell("", feature, run, Optional.of(outcome))));
            rows.add(new Row(feature.name(), List.copyOf(cells), unlessInvalid(run, verdict(feature, run))));
        }
        return new DocumentTable(List.copyOf(columns), List.copyOf(rows));
    }

    private static Cell cell(String statement, Feature feature, RunRecord run, Optional<Outcome> outcome) {
        return new Cell(
                statement,
                outcome.isPresent(),
                outcome.map(present -> feature.figures(run, present)).orElse(List.of()));
    }

    /** What a feature says, with what was lost beside it: no mode is praised for what it did not deliver. */
    private static Verdict verdict(Feature feature, RunRecord run) {
        Sides sides = Sides.of(run);
        if (feature.weighsDeliveries() && sides.eventless()) {
            return new Verdict(
                    Standing.UNDECIDED, "No event occurred, so there was nothing to deliver and nothing to compare.");
        }
        Verdict verdict = feature.verdict(sides);
        boolean whole = sides.webhook()
                .filter(outcome -> outcome.counts().lostInAll() > 0)
                .isEmpty();
        Standing standing = feature.weighsDeliveries() && verdict.standing() == Standing.HOLDS && !whole
                ? Standing.HOLDS_IN_PART
                : verdict.standing();
        return new Verdict(standing, Losses.after(verdict.sentence(), Losses.of(run)));
    }

    private static Verdict unlessInvalid(RunRecord run, Verdict verdict) {
        return run.valid()
                ? verdict
                : new Verdict(
                        Standing.UNDECIDED,
                        "The run is invalid, so this proves nothing: "
                                + verdict.sentence().substring(0, 1).toLowerCase(Locale.ROOT)
                                + verdict.sentence().substring(1));
    }

    /** One claim: what it says, which figures bear on it, what they say of it. */
    interface Feature {
        String name();

        String ofPolling();

        String ofWebhooks();

        List<Figure> figures(RunRecord run, Outcome outcome);

        Verdict verdict(Sides sides);

        /** Whether it is about what was delivered, so that without events there is nothing to say. */
        default boolean weighsDeliveries() {
            return true;
        }
    }
}
