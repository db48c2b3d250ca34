package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.Figure;
import dev.pushpull.report.shared.FigureText;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.Soundness;
import dev.pushpull.report.shared.Standing;
import dev.pushpull.report.shared.StartedAt;
import dev.pushpull.report.shared.WhatIf;
import dev.pushpull.scenario.Ledger;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the HTML report's template shows, in words; contains no markup. Empty lists and texts are left out. */
record HtmlView(
        String command,
        String runId,
        String answer,
        List<Highlight> highlights,
        List<Fact> scenario,
        String how,
        String howCapital,
        boolean noisy,
        List<Shortfall.Cause> causes,
        List<String> invalid,
        String partial,
        List<String> warnings,
        List<Head> columns,
        int span,
        List<Row> rows,
        List<String> features,
        List<Block> blocks,
        List<Head> modes,
        List<ModeTable.Line> lines,
        boolean spectrum,
        boolean courses,
        boolean timelines,
        boolean held,
        String strip,
        ChartTexts texts,
        ChartTitles titles,
        List<CostBars> costs,
        boolean asked,
        String load,
        String standing,
        String downloadsLeftOut,
        WhatIf whatIf,
        List<Agreed> agreement,
        List<ThreeAnswers.Line> answers,
        List<Fact> assumptions,
        List<NoiseText.Line> noise,
        String belowNoise,
        String crossChecks,
        boolean balanced,
        List<Account> accounts,
        List<Fact> environment,
        String commandLine,
        String startedAt) {

    /** The head of a mode's column; {@code colour} is one of the page's mode colours. */
    record Head(String name, int colour) {}

    record Row(String feature, List<Cell> cells, String standing, String standingClass, String sentence) {}

    /** @param absence why there are no figures; empty when there are some */
    record Cell(Head head, String statement, String absence, List<Measured> figures) {}

    /** A mode that the claims are not about. */
    record Block(Head head, String sentence, List<Feature> features) {}

    /** @param absence why there are no figures */
    record Feature(String name, String absence, List<Measured> figures) {}

    record Measured(String label, String value, String expected, String note) {}

    record Agreed(
            String mode, String label, String measured, String expected, String bound, String verdict, String kind) {}

    record Account(String mode, String what, String debit, String credit, String difference, boolean balanced) {}

    static HtmlView of(RunRecord given, ChartData charts, Downloads downloads) {
        RunRecord run = given.pooled();
        FourClaims table = FourClaims.of(run);
        List<Head> columns =
                table.columns().stream().map(outcome -> head(run, outcome)).toList();
        ModeTable modes = ModeTable.of(run);
        List<CostBars> costs = CostBars.of(run);
        return new HtmlView(
                run.command(),
                run.runId(),
                together(Answer.sentence(run)),
                Highlight.of(run),
                ScenarioFacts.of(given),
                Simulated.named(run, "measured", "simulated"),
                Simulated.named(run, "Measured", "Simulated"),
                run.noise().hiccups().count() > 0,
                Shortfall.causes(run),
                Soundness.reasons(run),
                Soundness.partial(run),
                Soundness.warnings(run),
                columns,
                columns.size(),
                table.rows().stream().map(row -> row(run, row, columns)).toList(),
                table.features(),
                table.blocks().stream().map(block -> block(run, table, block)).toList(),
                run.outcomes().stream().map(outcome -> head(run, outcome)).toList(),
                modes.lines(),
                !charts.spectrum().isEmpty(),
                !charts.courses().isEmpty(),
                !charts.timelines().isEmpty(),
                !charts.held().isEmpty(),
                charts.strip() == null ? "" : charts.strip().sample(run),
                ChartTexts.of(run),
                ChartTitles.of(run, charts).each(HtmlView::together),
                costs,
                !charts.timelines().isEmpty() || !costs.isEmpty(),
                charts.standing() == null ? "" : Decimals.setting(run.scenario().loadFactor()),
                charts.standing() == null
                        ? ""
                        : charts.standing().sentence(run.scenario().loadFactor()),
                downloads.note(),
                WhatIf.of(run),
                run.agreement().isEmpty()
                        ? Agreement.lines(run).stream().map(HtmlView::agreed).toList()
                        : List.of(),
                ThreeAnswers.of(run),
                assumptions(run),
                NoiseText.lines(run),
                NoiseText.belowNoise(run),
                Soundness.crossChecks(run),
                run.outcomes().stream()
                        .allMatch(outcome -> outcome.ledger().unbalanced().isEmpty()),
                accounts(run),
                facts(run.environment()),
                ShellWords.repeatable(run.commandLine()),
                StartedAt.readable(run.startedAt()));
    }

    private static Head head(RunRecord run, Outcome outcome) {
        return new Head(Modes.title(run, outcome), Modes.colour(run, outcome));
    }

    /** A row, with a cell for each of the table's features. */
    private static Block block(RunRecord run, FourClaims table, FourClaims.Block block) {
        Map<String, List<Figure>> figures = block.features().stream()
                .collect(Collectors.toMap(FourClaims.Measured::feature, FourClaims.Measured::figures));
        return new Block(
                head(run, block.outcome()),
                together(block.sentence()),
                table.features().stream()
                        .map(name ->
                                new Feature(name, unmeasured(run), measured(figures.getOrDefault(name, List.of()))))
                        .toList());
    }

    private static List<Measured> measured(List<Figure> figures) {
        return figures.stream()
                .map(figure -> new Measured(
                        figure.label(),
                        together(FigureText.withInterval(figure)),
                        together(FigureText.expected(figure)),
                        figure.belowNoise() ? "below noise" : ""))
                .toList();
    }

    private static String unmeasured(RunRecord run) {
        return Simulated.named(run, "not measured", "not simulated");
    }

    private static Row row(RunRecord run, FourClaims.Row row, List<Head> columns) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            FourClaims.Cell cell = row.cells().get(i);
            List<Measured> figures = measured(cell.figures());
            cells.add(new Cell(columns.get(i), cell.statement(), figures.isEmpty() ? unmeasured(run) : "", figures));
        }
        Standing standing = row.verdict().standing();
        return new Row(
                row.feature(),
                cells,
                standing.words(),
                standing.name().toLowerCase(Locale.ROOT),
                together(row.verdict().sentence()));
    }

    /** Keeps a number and its unit on one line. */
    private static String together(String text) {
        return text.replaceAll("(?<=\\d) (?=(?:µs|ms|s|min|h|d|B|MB|%)(?:\\W|$))", "\u00a0");
    }

    private static Agreed agreed(Agreement.Line line) {
        return new Agreed(
                line.mode(),
                line.figure().label(),
                FigureText.withInterval(line.figure()),
                FigureText.expected(line.figure()),
                line.bound().isPresent()
                        ? "±" + bound(line.figure().column(), line.bound().getAsDouble())
                        : "",
                line.verdict().words(),
                line.verdict().name().toLowerCase(Locale.ROOT));
    }

    private static String bound(String column, double bound) {
        if (column.equals("wasted_ratio")) {
            return Decimals.setting(100 * bound) + " %";
        }
        return column.startsWith("latency_") ? Decimals.settingMilliseconds(bound) : Decimals.setting(bound);
    }

    /** Each assumption once, with the figures that depend on it. */
    private static List<Fact> assumptions(RunRecord run) {
        Map<String, List<String>> figures = new LinkedHashMap<>();
        for (Agreement.Line line : Agreement.lines(run)) {
            String assumption = line.figure().expected().orElseThrow().assumption();
            if (!assumption.isBlank()) {
                figures.computeIfAbsent(assumption, text -> new ArrayList<>())
                        .add(line.mode() + " " + line.figure().label());
            }
        }
        return figures.entrySet().stream()
                .map(entry -> new Fact(entry.getKey(), String.join(", ", entry.getValue())))
                .toList();
    }

    private static List<Account> accounts(RunRecord run) {
        List<Account> accounts = new ArrayList<>();
        for (Outcome outcome : run.outcomes()) {
            for (Ledger.Account account : outcome.ledger().accounts()) {
                accounts.add(new Account(
                        Modes.title(run, outcome),
                        account.what(),
                        items(account.debit()),
                        items(account.credit()),
                        Decimals.count(account.difference()),
                        account.difference() == 0));
            }
        }
        return accounts;
    }

    /** Leaves out what is zero, unless everything is. */
    private static String items(Map<String, Long> items) {
        String some = items.entrySet().stream()
                .filter(item -> item.getValue() != 0)
                .map(item -> item.getKey() + " " + Decimals.count(item.getValue()))
                .collect(Collectors.joining(", "));
        return some.isEmpty() ? "0" : some;
    }

    private static List<Fact> facts(Map<String, String> byName) {
        return byName.entrySet().stream()
                .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                .toList();
    }
}
