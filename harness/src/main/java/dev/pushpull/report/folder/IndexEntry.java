package dev.pushpull.report.folder;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.pushpull.report.shared.ColumnText;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.ShellWords;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One line of the list of results.
 *
 * @param name of the folder, relative to the list
 * @param link to the page to look at, relative to the list
 * @param startedAt RFC 3339; for a folder without a record, the time of its last change
 * @param scenario in words; may be empty
 * @param figures the key figures in words
 * @param unreadable why nothing can be shown; empty when it can
 * @param flags INVALID, PARTIAL
 * @param comparable whether {@code report} can compare it with another
 */
record IndexEntry(
        String name,
        String link,
        String startedAt,
        String command,
        String scenario,
        List<String> figures,
        String unreadable,
        List<String> flags,
        boolean comparable) {
    private static final int MOST_FIGURES = 8;

    /** Figures of one side alone that say what was asked for, not what came out. */
    private static final Set<String> SETTINGS =
            Set.of("run_id", "mode", "interval_s", "rate_per_s", "consumers", "seed", "backlog");

    /** Reads what the list shows and skips the rest, above all histograms, since there may be many runs. */
    private static final ObjectReader READER =
            RunJson.MAPPER.readerFor(Glance.class).without(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    /** The fields of any kind of {@code run.json} that the list shows. */
    private record Glance(
            String command,
            String startedAt,
            boolean partial,
            Scenario scenario,
            List<Trial> outcomes,
            List<Glance> cells,
            List<Finding> findings,
            List<Expected> predictions,
            Map<String, Object> figures) {}

    private record Trial(int trial, String mode, Outcome.Counts counts, Sum latency, List<String> invalid) {}

    private record Sum(double sumNanos) {}

    /** What closed forms say about a mode that did not run. */
    private record Expected(String mode, Prediction prediction) {}

    private record Finding(JsonNode claim, JsonNode verdict) {}

    /** Pages without a {@code run.json}, by the file of figures beside them, and what made them. */
    private static final Map<String, String> OTHERS =
            Map.of("compared.csv", "report: two runs compared", "jmh.json", "bench", "peers.csv", "peers");

    /** @param home the folder of all results */
    static IndexEntry of(Path home, Path folder) {
        String name = home.relativize(folder).toString().replace('\\', '/');
        try {
            if (!Files.exists(folder.resolve(RunJson.FILE))) {
                for (Map.Entry<String, String> other : OTHERS.entrySet()) {
                    if (Files.exists(folder.resolve(other.getKey()))) {
                        return withoutRecord(name, folder, other.getValue(), "");
                    }
                }
            }
            RunJson.tree(folder); // reports what is wrong with it
            return read(name, READER.readValue(folder.resolve(RunJson.FILE).toFile()), folder);
        } catch (IOException | RuntimeException e) {
            String why = e instanceof InvalidInputException refused
                    ? refused.getMessage()
                    : "no run.json as pushpull writes it";
            return withoutRecord(name, folder, "", why);
        }
    }

    private static IndexEntry withoutRecord(String name, Path folder, String command, String unreadable) {
        return new IndexEntry(
                name, link(name, folder), changed(folder), command, "", List.of(), unreadable, List.of(), false);
    }

    private static IndexEntry read(String name, Glance run, Path folder) {
        Glance first = run.cells().isEmpty() ? run : run.cells().get(0);
        List<String> flags = new ArrayList<>();
        if (Stream.concat(run.outcomes().stream(), run.cells().stream().flatMap(cell -> cell.outcomes().stream()))
                .anyMatch(trial -> !trial.invalid().isEmpty())) {
            flags.add("INVALID");
        }
        if (run.partial()) {
            flags.add("PARTIAL");
        }
        Instant.parse(run.startedAt());
        return new IndexEntry(
                name,
                link(name, folder),
                run.startedAt(),
                run.command(),
                first.scenario() == null
                        ? ""
                        : words(
                                first.scenario(),
                                run.cells().size(),
                                run.command().equals("advise")),
                figures(run),
                "",
                flags,
                !run.outcomes().isEmpty() || !run.cells().isEmpty());
    }

    /** When it started, for people. */
    String started() {
        return startedAt.replaceFirst("T(\\d\\d:\\d\\d).*", " $1 UTC");
    }

    /** As an argument of {@code report} that is typed where the folder of all results is. */
    String argument(String home) {
        return ShellWords.quoted(home + "/" + name);
    }

    /** @param anyInterval whether the interval between polls is what was asked for */
    private static String words(Scenario scenario, int cells, boolean anyInterval) {
        String grid = cells > 1 ? Decimals.count(cells) + " cells from " : "";
        return Sentences.capital("%s%s at %s, %s%s consumers, %s"
                .formatted(
                        grid,
                        scenario.events().arrivals().called(),
                        scenario.events().readableRate(),
                        anyInterval
                                ? ""
                                : "polls every "
                                        + Decimals.duration(scenario.polling().intervalNanos()) + ", ",
                        Decimals.count(scenario.events().consumers()),
                        Decimals.duration(scenario.run().durationNanos())));
    }

    private static List<String> figures(Glance run) {
        List<String> figures = new ArrayList<>();
        run.outcomes().forEach(trial -> figures.add(trial(trial)));
        run.predictions().forEach(mode -> figures.add(expected(mode)));
        run.findings().stream()
                .filter(finding -> finding.claim() != null && finding.verdict() != null)
                .collect(Collectors.groupingBy(
                        finding -> finding.verdict().asText(), TreeMap::new, Collectors.counting()))
                .forEach((verdict, count) -> figures.add(count + " " + verdict(verdict)));
        String alone = run.figures().entrySet().stream()
                .filter(figure -> figure.getValue() != null && !"".equals(figure.getValue()))
                .filter(figure -> !SETTINGS.contains(figure.getKey()))
                .filter(figure -> !(figure.getValue() instanceof Number number) || number.doubleValue() != 0)
                .limit(MOST_FIGURES)
                .map(figure -> ColumnText.label(figure.getKey()) + " "
                        + (figure.getValue() instanceof Number number
                                ? ColumnText.text(figure.getKey(), number)
                                : figure.getValue()))
                .collect(Collectors.joining(", "));
        if (!alone.isEmpty()) {
            figures.add(alone);
        }
        if (figures.size() <= MOST_FIGURES) {
            return figures;
        }
        List<String> some = new ArrayList<>(figures.subList(0, MOST_FIGURES));
        some.add("and " + Decimals.count(figures.size() - MOST_FIGURES) + " more");
        return some;
    }

    private static String verdict(String name) {
        return switch (name) {
            case "HOLDS" -> "hold";
            case "HOLDS_WHEN" -> "hold under a condition";
            case "FAILS" -> "do not hold";
            default -> name.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    private static String trial(Trial trial) {
        Outcome.Counts counts = trial.counts();
        StringBuilder text = new StringBuilder(trial.mode());
        if (counts.delivered() == 0) {
            return text.append(counts.events() == 0 ? ": no event occurred" : ": nothing arrived")
                    .append(lost(counts))
                    .toString();
        }
        text.append(": ")
                .append(Decimals.milliseconds(trial.latency().sumNanos() / counts.delivered() / 1e6))
                .append(", ")
                .append(requests((double) counts.requests() / counts.delivered()));
        if (counts.polls() > 0) {
            text.append(", ")
                    .append(Decimals.percent((double) counts.emptyPolls() / counts.polls()))
                    .append(" empty");
        }
        return text.append(lost(counts)).toString();
    }

    /** What they are of stands above the list, once for all runs. */
    private static String requests(double perDelivery) {
        return Decimals.significant(perDelivery) + " requests";
    }

    private static String expected(Expected mode) {
        List<String> parts = new ArrayList<>();
        mode.prediction().value("latency_mean_ms").ifPresent(mean -> parts.add(Decimals.milliseconds(mean)));
        mode.prediction().value("requests_per_delivery").ifPresent(requests -> parts.add(requests(requests)));
        mode.prediction().value("wasted_ratio").ifPresent(share -> parts.add(Decimals.percent(share) + " empty"));
        return mode.mode() + ": " + (parts.isEmpty() ? "unknown" : String.join(", ", parts)) + ", by closed form";
    }

    private static String lost(Outcome.Counts counts) {
        return counts.lostInAll() == 0 ? "" : ", " + Decimals.count(counts.lostInAll()) + " lost";
    }

    /** Relative and escaped, so that no folder's name can lead elsewhere. */
    private static String link(String name, Path folder) {
        String page = Stream.of("report.html", ResultFiles.COMPARED)
                .filter(file -> Files.exists(folder.resolve(file)))
                .findFirst()
                .orElse("");
        try {
            return new URI(null, null, "./" + name + "/" + page, null).toASCIIString();
        } catch (URISyntaxException e) {
            return "#";
        }
    }

    private static String changed(Path folder) {
        try {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
        } catch (IOException e) {
            return Instant.EPOCH.toString();
        }
    }
}
