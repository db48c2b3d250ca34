package dev.pushpull.report.run;

import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.List;

/**
 * Four common claims about consumers that poll and providers that send, each with this run's figures and a verdict;
 * and, on their own, the modes that these claims are not about.
 *
 * @param columns the polling mode and the sending mode; empty when the run lacks either
 * @param rows Effort, Real-time, Efficiency, Infrastructure; empty when the columns are
 * @param blocks every mode without a column
 */
record FourClaims(List<Outcome> columns, List<Row> rows, List<Block> blocks) {
    /**
     * One feature.
     *
     * @param cells one for each column
     */
    record Row(String feature, List<Cell> cells, Verdict verdict) {}

    /**
     * A common claim about a mode, and what was measured.
     *
     * @param statement the claim
     * @param figures empty when nothing was counted
     */
    record Cell(String statement, List<Figure> figures) {}

    /**
     * A mode on its own.
     *
     * @param sentence how it works, and what it lost
     * @param features in the order of the rows, without those that have no figures
     */
    record Block(Outcome outcome, String sentence, List<Measured> features) {}

    /** The figures of a feature. */
    record Measured(String feature, List<Figure> figures) {}

    /** @param sentence why, in figures, and the limits */
    record Verdict(Standing standing, String sentence) {}

    private static final List<Feature> FEATURES =
            List.of(new Effort(), new RealTime(), new Efficiency(), new Infrastructure());

    /** The table of a run. */
    static FourClaims of(RunRecord run) {
        List<Outcome> columns = Sides.of(run)
                .map(sides -> List.of(sides.polling(), sides.webhook()))
                .orElse(List.of());
        List<Row> rows = Sides.of(run)
                .map(sides ->
                        FEATURES.stream().map(feature -> row(sides, feature)).toList())
                .orElse(List.of());
        List<Block> blocks = run.outcomes().stream()
                .filter(outcome -> columns.stream().noneMatch(column -> column == outcome))
                .map(outcome -> block(run, outcome))
                .toList();
        return new FourClaims(columns, rows, blocks);
    }

    /** What the blocks have figures of. */
    List<String> features() {
        return FEATURES.stream()
                .map(Feature::name)
                .filter(name -> blocks.stream()
                        .flatMap(block -> block.features().stream())
                        .anyMatch(measured -> measured.feature().equals(name)))
                .toList();
    }

    private static Row row(Sides sides, Feature feature) {
        RunRecord run = sides.run();
        List<Cell> cells = List.of(
                new Cell(feature.ofPolling(), feature.figures(run, sides.polling())),
                new Cell(feature.ofWebhooks(), feature.figures(run, sides.webhook())));
        return new Row(feature.name(), cells, unlessInvalid(run, verdict(feature, sides)));
    }

    private static Block block(RunRecord run, Outcome outcome) {
        List<Measured> features = FEATURES.stream()
                .map(feature -> new Measured(feature.name(), feature.figures(run, outcome)))
                .filter(measured -> !measured.figures().isEmpty())
                .toList();
        RunRecord alone = run.withOutcomes(List.of(outcome));
        String sentence = Sentences.after(outcome.traits().sentence(), Losses.of(alone), Losses.pending(alone))
                .strip();
        return new Block(outcome, sentence, features);
    }

    /** A feature's sentence, together with losses: no mode is praised for what it did not deliver. */
    private static Verdict verdict(Feature feature, Sides sides) {
        if (feature.weighsDeliveries() && Modes.eventless(sides.run())) {
            return new Verdict(
                    Standing.UNDECIDED, "No event occurred, so there was nothing to deliver and nothing to compare.");
        }
        Verdict verdict = feature.verdict(sides);
        boolean whole = sides.webhook().counts().lostInAll() == 0;
        Standing standing = feature.weighsDeliveries() && verdict.standing() == Standing.HOLDS && !whole
                ? Standing.HOLDS_IN_PART
                : verdict.standing();
        return new Verdict(standing, Sentences.after(verdict.sentence(), Losses.of(sides.run())));
    }

    private static Verdict unlessInvalid(RunRecord run, Verdict verdict) {
        return run.valid()
                ? verdict
                : new Verdict(Standing.UNDECIDED, "The run is invalid, so this proves nothing. " + verdict.sentence());
    }

    /** One claim: its text, the figures that matter, and what they say. */
    interface Feature {
        String name();

        String ofPolling();

        String ofWebhooks();

        List<Figure> figures(RunRecord run, Outcome outcome);

        Verdict verdict(Sides sides);

        /** Whether it is about deliveries, so that it has nothing to say without events. */
        default boolean weighsDeliveries() {
            return true;
        }
    }
}
