package dev.pushpull.report.sweep;

import dev.pushpull.report.shared.Losses;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.SweepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a sweep says, in sentences: where the cheaper mode changes, and where the common claims stop holding. */
final class SweepAnswer {
    private SweepAnswer() {}

    /** One claim in each sentence, without line breaks. */
    static List<String> sentences(SweepRecord sweep) {
        List<RunRecord> sound = sweep.cells().stream().filter(RunRecord::valid).toList();
        List<String> sentences = new ArrayList<>();
        if (sound.isEmpty()) {
            sentences.add("No cell was run that can be relied on, so there is no answer.");
            return sentences;
        }
        weigh(sound, sentences);
        long eventless = sound.stream().filter(Modes::eventless).count();
        if (eventless > 0) {
            sentences.add(
                    eventless == sound.size()
                            ? "No event occurred in any cell, so there is no answer."
                            : "No event occurred in %d of %d cells, which say nothing of deliveries."
                                    .formatted(eventless, sound.size()));
        }
        int left = sweep.cells().size() - sound.size();
        if (left > 0) {
            sentences.add("Left out of these sentences: %d invalid cell%s.".formatted(left, left == 1 ? "" : "s"));
        }
        return sentences;
    }

    private static void weigh(List<RunRecord> sound, List<String> sentences) {
        if (sound.stream().allMatch(Modes::eventless)) {
            return;
        }
        List<String> asking = asking(sound);
        Optional<String> sending = sending(sound);
        if (asking.isEmpty() || sending.isEmpty()) {
            sentences.add(Sentences.after(
                    "No crossover: that takes a mode that only asks and one that only sends, and none that only"
                            + " %s was run; here are the figures.".formatted(asking.isEmpty() ? "asks" : "sends"),
                    Losses.of(sound, mode -> true)));
            return;
        }
        for (SweepPair pair : pairs(sound)) {
            String lost = Losses.of(sound, other -> other.equals(pair.asks()) || other.equals(pair.sends()));
            pair.sentences().forEach(sentence -> sentences.add(Sentences.after(sentence, lost)));
        }
        String others = Losses.of(sound, mode -> !asking.contains(mode) && !mode.equals(sending.get()));
        if (!others.isEmpty()) {
            sentences.add(others);
        }
    }

    /** Each mode that only asks with the one that only sends, over the reliable cells. */
    static List<SweepPair> pairs(SweepRecord sweep) {
        return pairs(sweep.cells().stream().filter(RunRecord::valid).toList());
    }

    private static List<SweepPair> pairs(List<RunRecord> sound) {
        return sending(sound)
                .map(sends -> asking(sound).stream()
                        .map(asks -> SweepPair.of(asks, sends, sound))
                        .toList())
                .orElse(List.of());
    }

    private static List<String> asking(List<RunRecord> sound) {
        return sound.stream()
                .findFirst()
                .map(cell -> cell.scenario().run().modes().stream()
                        .filter(mode -> outcomes(sound, mode).noneMatch(Modes::pushes))
                        .toList())
                .orElse(List.of());
    }

    /** The mode that only sends. */
    private static Optional<String> sending(List<RunRecord> cells) {
        return cells.stream()
                .flatMap(cell -> cell.outcomes().stream())
                .map(Outcome::mode)
                .distinct()
                .filter(mode -> outcomes(cells, mode).anyMatch(Modes::pushes)
                        && outcomes(cells, mode).noneMatch(Modes::polls))
                .findFirst();
    }

    private static Stream<Outcome> outcomes(List<RunRecord> cells, String mode) {
        return cells.stream().flatMap(cell -> cell.outcome(mode).stream());
    }
}
