package dev.pushpull.report.advice;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each figure's formula with the numbers put in, and what it assumes. */
final class Explained {
    private Explained() {}

    static List<String> lines(Candidate candidate, AdviceWords words, AdviceRecord record) {
        List<String> lines = new ArrayList<>();
        lines.add(numbers(candidate, record));
        if (candidate.answer().equals("simulated")) {
            lines.add("latencies, losses and requests are simulated in virtual time, seed %d"
                    .formatted(record.scenario().run().seed()));
        }
        candidate.formulas().forEach((column, figure) -> {
            String with = put(figure.formula(), symbols(candidate, record));
            lines.add("%s = %s%s = %s%s"
                    .formatted(
                            column,
                            figure.formula(),
                            with.equals(figure.formula()) ? "" : " = " + with,
                            words.value(column, figure.value()),
                            figure.assumption().isEmpty() ? "" : " [" + figure.assumption() + "]"));
        });
        return lines;
    }

    private static String numbers(Candidate candidate, AdviceRecord record) {
        List<String> parts = new ArrayList<>();
        symbols(candidate, record).forEach((symbol, value) -> parts.add(symbol + " = " + value));
        return String.join(", ", parts);
    }

    /** What the letters of formulas stand for; the longest first, so that none is taken for another. */
    private static Map<String, String> symbols(Candidate candidate, AdviceRecord record) {
        Scenario scenario = record.scenario();
        double rate = scenario.events().arrivals().ratePerSecond();
        Map<String, String> symbols = new LinkedHashMap<>();
        if (candidate.intervalNanos() > 0) {
            double seconds = candidate.intervalNanos() / 1e9;
            symbols.put("λT", Decimals.shortest(rounded(rate * seconds)));
            symbols.put("T", Decimals.shortest(seconds));
        }
        symbols.put("λ", Decimals.shortest(rounded(rate)));
        symbols.put("N", Integer.toString(scenario.events().consumers()));
        symbols.put("v", Decimals.shortest(scenario.network().pollResponseNanos() / 1e9));
        symbols.put("d", Decimals.shortest(scenario.network().webhookNanos() / 1e9));
        return symbols;
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(java.util.Locale.ROOT, "%.4g", value));
    }

    /** Symbols stand alone, or beside brackets and operators. */
    private static String put(String formula, Map<String, String> symbols) {
        String with = formula;
        for (Map.Entry<String, String> symbol : symbols.entrySet()) {
            with = with.replaceAll("(?<![\\p{L}\\d_])" + symbol.getKey() + "(?![\\p{L}\\d_\\[])", symbol.getValue());
        }
        return with;
    }
}
