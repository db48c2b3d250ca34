package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything in a journal about one event: its way by each mode, on both sides, with the polls that brought it. */
public final class EventLife {
    private static final int DECIMALS = 3;

    private final List<JournalStep> journal;
    private final String eventId;

    private EventLife(List<JournalStep> journal, String eventId) {
        this.journal = journal;
        this.eventId = eventId;
    }

    /**
     * Its steps by column, ordered by mode and time; times are milliseconds after the event's intended time.
     *
     * @throws InvalidInputException when the journal does not contain the event
     */
    public static List<Map<String, Object>> rows(List<JournalStep> journal, String eventId) {
        EventLife life = new EventLife(journal, eventId);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> modes = journal.stream().map(JournalStep::mode).distinct().toList();
        for (String mode : modes) {
            life.way(mode).forEach(step -> rows.add(step));
        }
        if (rows.isEmpty()) {
            throw unknown(journal, eventId);
        }
        return rows;
    }

    private static InvalidInputException unknown(List<JournalStep> journal, String eventId) {
        String example = journal.stream()
                .map(JournalStep::eventId)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .map(id -> ", such as " + id)
                .orElse("");
        return new InvalidInputException(
                "EVENT_ID: '%s' is not in the journal of this run, which follows its first consumers; accepted: an id from %s%s"
                        .formatted(eventId, JournalFile.NAME, example));
    }

    private List<Map<String, Object>> way(String mode) {
        List<JournalStep> own = journal.stream()
                .filter(step -> step.mode().equals(mode) && step.eventId().equals(eventId))
                .toList();
        Optional<JournalStep> occurred =
                own.stream().filter(step -> step.step() == Step.OCCURRED).findFirst();
        if (occurred.isEmpty()) {
            return List.of();
        }
        long intendedNanos = occurred.get().fromNanos();
        List<JournalStep> way = new ArrayList<>(own);
        own.stream().filter(step -> step.step() == Step.RECEIVED).forEach(received -> {
            way.addAll(polls(mode, received, intendedNanos));
            connection(mode, received).ifPresent(way::add);
        });
        way.sort(Comparator.comparingLong(JournalStep::fromNanos).thenComparing(JournalStep::step));
        return way.stream().map(step -> row(step, intendedNanos)).toList();
    }

    /** The connection on which it came. */
    private Optional<JournalStep> connection(String mode, JournalStep received) {
        return journal.stream()
                .filter(step ->
                        step.step() == Step.HELD && step.mode().equals(mode) && step.consumer() == received.consumer())
                .filter(held -> held.fromNanos() <= received.fromNanos() && received.fromNanos() <= held.untilNanos())
                .findFirst();
    }

    /** The poll that brought it, and the last poll before the event, which came too early. */
    private List<JournalStep> polls(String mode, JournalStep received, long intendedNanos) {
        List<JournalStep> polls = journal.stream()
                .filter(step ->
                        step.step() == Step.POLL && step.mode().equals(mode) && step.consumer() == received.consumer())
                .toList();
        List<JournalStep> shown = new ArrayList<>();
        Optional<JournalStep> bringing = polls.stream()
                .filter(poll -> poll.fromNanos() <= received.fromNanos() && received.fromNanos() <= poll.untilNanos())
                .findFirst();
        if (bringing.isPresent()) { // otherwise it came by webhook
            polls.stream()
                    .filter(poll -> poll.fromNanos() < intendedNanos && poll != bringing.get())
                    .max(Comparator.comparingLong(JournalStep::fromNanos))
                    .ifPresent(shown::add);
            polls.stream()
                    .filter(poll -> poll.fromNanos() >= intendedNanos
                            && poll.fromNanos() < bringing.get().fromNanos())
                    .forEach(shown::add);
            shown.add(bringing.get());
        }
        return shown;
    }

    private static Map<String, Object> row(JournalStep step, long intendedNanos) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("mode", step.mode());
        row.put("consumer", step.consumer() < 0 ? null : (long) step.consumer());
        row.put("side", step.step().side());
        row.put("step", name(step));
        row.put("at_ms", (step.fromNanos() - intendedNanos) / 1e6);
        row.put("took_ms", (step.untilNanos() - step.fromNanos()) / 1e6);
        row.put("status", step.status() == 0 ? null : (long) step.status());
        row.put("detail", detail(step));
        return row;
    }

    private static String name(JournalStep step) {
        return switch (step.step()) {
            case OCCURRED -> "occurred";
            case ATTEMPT -> "attempt " + step.number();
            case POLL -> "poll";
            case HELD -> "connection";
            case RECEIVED -> "received";
            case PROCESSED -> "processed";
        };
    }

    private static String detail(JournalStep step) {
        return switch (step.step()) {
            case OCCURRED -> "sequence " + step.sequence() + " of stream " + step.detail();
            case POLL ->
                step.number() == 0 && step.detail().isEmpty()
                        ? "empty"
                        : (step.number() + " new " + step.detail()).strip();
            case HELD -> ("brought " + step.number() + " " + step.detail()).strip();
            default -> step.detail();
        };
    }

    /** For a terminal. */
    public static String render(List<Map<String, Object>> rows, String eventId, boolean colour, boolean unicode) {
        Ink ink = new Ink(colour, unicode);
        StringBuilder text =
                new StringBuilder(ink.strong("event " + ink.plain(eventId)) + ", milliseconds after it was to occur\n");
        String mode = "";
        for (Map<String, Object> row : rows) {
            if (!row.get("mode").equals(mode)) {
                mode = row.get("mode").toString();
                text.append('\n').append(ink.strong(ink.plain(mode))).append('\n');
            }
            text.append("  ")
                    .append(Layout.padLeft(Decimals.fixed((Double) row.get("at_ms"), DECIMALS), 11))
                    .append("  ")
                    .append(Layout.padRight(row.get("side").toString(), 9))
                    .append(' ')
                    .append(Layout.padRight(row.get("step").toString(), 11))
                    .append(took(row))
                    .append(ink.plain(status(row) + row.get("detail")));
            while (text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String took(Map<String, Object> row) {
        double took = (Double) row.get("took_ms");
        return Layout.padRight(took == 0 ? "" : "took " + Decimals.fixed(took, DECIMALS), 14) + ' ';
    }

    private static String status(Map<String, Object> row) {
        return row.get("status") == null ? "" : row.get("status") + " ";
    }
}
