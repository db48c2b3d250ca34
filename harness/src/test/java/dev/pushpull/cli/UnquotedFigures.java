package dev.pushpull.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measured figures of which a page does not say where they come from. Every number with a unit of time, a share, bytes
 * or a rate must have a comment of {@link Quotes} after it, stand in the output that the same section shows, or be
 * declared in its section: {@code <!-- set: 500 ms, 40 ms -->} for values that were chosen, {@code <!-- computed -->} for
 * sections whose figures follow from a seed, and {@code <!-- measured apart -->} for those of runs that are not kept. A
 * section with measured figures names a processor.
 */
final class UnquotedFigures {
    private static final Pattern FIGURE =
            Pattern.compile("(?<![\\w.,])\\d(?:[\\d,.]*\\d)?(?: ?(?:µs|ms|%|kB)|/s)(?![\\p{L}\\d])");
    private static final Pattern FENCE = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SET = Pattern.compile("<!--\\s+set:\\s+(.*?)\\s+-->", Pattern.DOTALL);
    private static final Pattern QUOTE =
            Pattern.compile(ReferenceRun.FIGURE + "<!--\\s+[a-z-]+(?:\\s+says)?:.*?-->", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final Pattern PROCESSOR = Pattern.compile("AMD|Intel|Apple|ARM|processor");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(?:\\.\\d+)?");
    private static final String APART = "<!-- measured apart -->";
    private static final String COMPUTED = "<!-- computed -->";

    /** The level of confidence that all intervals have. */
    private static final String CONFIDENCE = "95 %";

    private UnquotedFigures() {}

    /** The figures without a source, and the sections without a processor, each in a line. */
    static List<String> in(String page) {
        List<String> found = new ArrayList<>();
        String withoutCommands = FENCE.matcher(page)
                .replaceAll(fence -> Matcher.quoteReplacement(fence.group().replaceAll("(?m)^#", " #")));
        for (String section : withoutCommands.split("(?m)^(?=#+ )")) {
            String title = section.lines().findFirst().orElse("");
            boolean apart = section.contains(APART);
            boolean quotes = Quotes.BLOCK.matcher(section).find()
                    || QUOTE.matcher(section).find();
            String shown = COMMENT.matcher(section).replaceAll("");
            if (apart && !PROCESSOR.matcher(shown).find()) {
                found.add(title + ": names no processor");
            }
            if (quotes && !Quotes.MACHINE.matcher(section).find()) {
                found.add(title + ": quotes a run and does not take its machine from it");
            }
            if (!apart && !section.contains(COMPUTED)) {
                unquoted(section).forEach(figure -> found.add(title + ": " + figure));
            }
        }
        return found;
    }

    private static List<String> unquoted(String section) {
        String fences = String.join(
                "\n",
                FENCE.matcher(section).results().map(fence -> fence.group()).toList());
        List<String> set = SET.matcher(section)
                .results()
                .flatMap(one -> Arrays.stream(one.group(1).split(",\\s+")))
                .toList();
        String prose =
                FENCE.matcher(Quotes.BLOCK.matcher(section).replaceAll("")).replaceAll("");
        prose = QUOTE.matcher(prose).replaceAll("");
        prose = COMMENT.matcher(prose).replaceAll("").replaceAll("`[^`\n]*`", "");
        return FIGURE.matcher(prose)
                .results()
                .map(figure -> figure.group())
                .filter(figure -> !figure.equals(CONFIDENCE) && !set.contains(figure) && !isIn(fences, figure))
                .toList();
    }

    /** Whether a number in the shown output rounds to this figure, as a share or as it is. */
    private static boolean isIn(String fences, String figure) {
        Matcher written = NUMBER.matcher(figure);
        if (!written.find()) {
            return false;
        }
        String digits = written.group().replace(",", "");
        int point = digits.indexOf('.');
        String format = "%." + (point < 0 ? 0 : digits.length() - point - 1) + "f";
        return NUMBER.matcher(fences)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group().replace(",", "")))
                .anyMatch(number -> format.formatted(number).equals(digits)
                        || figure.endsWith("%")
                                && format.formatted(100 * number).equals(digits));
    }
}
