package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.QuestionFacts;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.ModeTraits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the page of an answer shows, in words.
 *
 * @param answers further sentences
 * @param columns of the table
 * @param moves whether the chart's sliders have formulas to move
 */
record AdviceView(
        String command,
        String runId,
        String answer,
        List<String> answers,
        String measure,
        List<Fact> facts,
        List<String> columns,
        List<Line> lines,
        List<Reason> reasons,
        List<Section> sections,
        List<Explanation> explanations,
        String chart,
        boolean moves,
        List<AdvicePoints.Slider> sliders,
        List<String> warnings,
        String commandLine,
        String startedAt,
        String downloadsLeftOut) {
    /** One mode of the table. */
    record Line(String name, int colour, String settings, String answer, String binding, List<String> values) {}

    /** Why a mode is not feasible. */
    record Reason(String name, int colour, String reason) {}

    record Section(String id, String title, List<String> sentences) {}

    record Explanation(String name, int colour, List<String> lines) {}

    static AdviceView of(AdviceRecord record, AdvicePoints points, String downloadsLeftOut) {
        AdviceWords words = new AdviceWords(record);
        Map<String, Integer> colours = colours(record);
        List<String> answers = new ArrayList<>();
        words.runnerUp().ifPresent(answers::add);
        List<Line> lines = new ArrayList<>();
        List<Reason> reasons = new ArrayList<>();
        List<Explanation> explanations = new ArrayList<>();
        for (Candidate candidate : record.candidates()) {
            int colour = colours.get(candidate.mode());
            if (candidate.feasible()) {
                lines.add(new Line(
                        candidate.mode(),
                        colour,
                        candidate.typed(),
                        candidate.answer(),
                        candidate.binding(),
                        words.shown().stream()
                                .map(column -> words.value(candidate, column.column()))
                                .toList()));
            } else {
                reasons.add(new Reason(candidate.mode(), colour, candidate.reason()));
            }
            if (!candidate.formulas().isEmpty()) {
                explanations.add(new Explanation(candidate.mode(), colour, Explained.lines(candidate, words, record)));
            }
        }
        return new AdviceView(
                record.command(),
                record.runId(),
                words.answer(),
                answers,
                record.chosen().map(words::measure).orElse(""),
                facts(record),
                words.shown().stream().map(AdviceWords.Column::label).toList(),
                lines,
                reasons,
                sections(record, words),
                explanations,
                points.title(),
                points.moves(),
                points.sliders(),
                record.warnings(),
                ShellWords.repeatable(record.commandLine()),
                StartedAt.readable(record.startedAt()),
                downloadsLeftOut);
    }

    static Map<String, Integer> colours(AdviceRecord record) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        record.candidates().forEach(candidate -> traits.put(candidate.mode(), candidate.traits()));
        return Modes.colours(traits);
    }

    private static List<Fact> facts(AdviceRecord record) {
        List<Fact> facts = new ArrayList<>(QuestionFacts.of(record.scenario()).stream()
                .filter(fact -> !fact.name().contains("T")) // the interval is what is asked for
                .toList());
        facts.add(new Fact("As little as possible", record.objective().words()));
        if (!record.constraints().isEmpty()) {
            facts.add(new Fact("Under", String.join("; ", record.constraints())));
        }
        if (record.prices().isNamed()) {
            facts.add(new Fact("Prices", record.prices().name()));
        }
        return facts;
    }

    private static List<Section> sections(AdviceRecord record, AdviceWords words) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("give", "What would have to give", record.relaxations()));
        sections.add(new Section("flips", "Where the answer changes", words.flips()));
        sections.add(new Section("checked", "Checked", words.checks()));
        sections.add(new Section("provider", "Seen from the provider", new ProviderWords(record).lines()));
        return sections.stream()
                .filter(section -> !section.sentences().isEmpty())
                .toList();
    }
}
