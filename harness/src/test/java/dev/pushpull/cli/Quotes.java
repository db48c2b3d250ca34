package dev.pushpull.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Figures that documents quote from {@code results/reference}. A comment right after a figure says where it comes from;
 * a comment before a table or a terminal's text says what to write there:
 *
 * <pre>{@code
 * 208 µs<!-- compare: webhook latency_mean_ms -->          a row and a column of a run's CSV
 * 1.15<!-- sweep says: from λT = # -->                     the figure at # in a run's table.md
 * (AMD EPYC, 2 cores)<!-- machine of compare -->           what a run ran on
 * <!-- modes shows: hybrid lost <= 0.1 × polling lost -->  a relation that the text claims
 * <!-- figures of modes: COLUMN, ..., written by scripts/docs --> ... <!-- end -->
 * <!-- table of claims: HEAD, ..., written by scripts/docs --> ... <!-- end -->
 * <!-- terminal of compare: LABEL, ..., written by scripts/docs --> ... <!-- end -->
 * }</pre>
 */
final class Quotes {
    private static final String COMMENT = "<!--\\s+([a-z-]+)%s:\\s+(.*?)\\s+-->";
    private static final Pattern ROW = pattern("(" + ReferenceRun.FIGURE + ")" + COMMENT.formatted(""));
    private static final Pattern SAID = pattern("(" + ReferenceRun.FIGURE + ")" + COMMENT.formatted("\\s+says"));
    private static final Pattern SHOWN = pattern(COMMENT.formatted("\\s+shows"));
    static final Pattern MACHINE = pattern("\\(([^()]*)\\)<!--\\s+machine\\s+of\\s+([a-z-]+)\\s+-->");
    static final Pattern BLOCK = pattern(
            "<!-- (figures|table|terminal) of ([a-z-]+): ([^>]*), written by scripts/docs -->\\n(.*?)<!-- end -->");
    private static final Pattern FENCE_START = pattern("^(?:```\\n(?:\\$ [^\\n]*\\n)?)?");
    private static final Map<String, DoubleBinaryOperator> RELATIONS = Map.of(
            "<", (one, other) -> one < other ? 1 : 0,
            "<=", (one, other) -> one <= other ? 1 : 0,
            "=", (one, other) -> one == other ? 1 : 0);

    private final Path reference;
    private final Map<String, ReferenceRun> runs = new HashMap<>();

    /** @param reference the folder of all reference runs */
    Quotes(Path reference) {
        this.reference = reference;
    }

    /** The page with every quoted figure as the runs have it. */
    String filledIn(String page) {
        String blocks = replaced(BLOCK, page, part -> {
            List<String> words = Arrays.asList(part.group(3).split(", "));
            ReferenceRun run = run(part.group(2));
            String text = switch (part.group(1)) {
                case "figures" -> run.figures(words);
                case "table" -> run.columns(words);
                default -> fenced(part.group(4), run.terminal(words));
            };
            return "<!-- %s of %s: %s, written by scripts/docs -->\n%s\n<!-- end -->"
                    .formatted(part.group(1), part.group(2), part.group(3), text);
        });
        String rows =
                replaced(ROW, blocks, part -> quoted(part, run(part.group(2)).figure(oneLine(part.group(3)))));
        String said =
                replaced(SAID, rows, part -> quoted(part, run(part.group(2)).said(oneLine(part.group(3)))));
        return replaced(
                MACHINE,
                said,
                part -> part.group()
                        .replace(
                                "(" + part.group(1) + ")",
                                "(" + run(part.group(2)).machine() + ")"));
    }

    /** The relations that a page claims and the runs do not show. */
    List<String> untrue(String page) {
        List<String> untrue = new ArrayList<>();
        Matcher claims = SHOWN.matcher(page);
        while (claims.find()) {
            String[] parts = oneLine(claims.group(2)).split(" (?=(?:<|<=|=) )|(?<= (?:<|<=|=)) ");
            ReferenceRun run = run(claims.group(1));
            if (RELATIONS.get(parts[1]).applyAsDouble(side(run, parts[0]), side(run, parts[2])) != 1) {
                untrue.add(claims.group());
            }
        }
        return untrue;
    }

    /** A number, a figure, or a multiple of one. */
    private static double side(ReferenceRun run, String text) {
        String[] factors = text.split(" × ");
        return Arrays.stream(factors)
                .mapToDouble(factor -> factor.matches("[\\d.]+") ? Double.parseDouble(factor) : run.value(factor))
                .reduce(1, (one, other) -> one * other);
    }

    private ReferenceRun run(String name) {
        return runs.computeIfAbsent(name, one -> new ReferenceRun(reference, one));
    }

    private static String quoted(MatchResult part, String figure) {
        return figure + part.group().substring(part.group(1).length());
    }

    /** Keeps the fence's command line, which the run's own text does not have. */
    private static String fenced(String before, String text) {
        Matcher start = FENCE_START.matcher(before);
        String opening = start.find() && !start.group().isEmpty() ? start.group() : "```\n";
        return opening + text + "\n```";
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private interface Replacing {
        String text(MatchResult part) throws IOException;
    }

    private static String replaced(Pattern pattern, String page, Replacing replacing) {
        Function<MatchResult, String> quoted = part -> {
            try {
                return Matcher.quoteReplacement(replacing.text(part));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return pattern.matcher(page).replaceAll(quoted);
    }
}
