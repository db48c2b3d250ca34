package dev.pushpull.report.capacity;

import dev.pushpull.report.shared.Ink;
import dev.pushpull.report.shared.Layout;
import dev.pushpull.scenario.CapacityRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What each path carries, for a terminal of 80 columns. */
public final class CapacityTerminal {
    private final Ink ink;
    private final List<String> lines = new ArrayList<>();

    private CapacityTerminal(Ink ink) {
        this.ink = ink;
    }

    /**
     * Lines of at most 80 columns, except paths.
     *
     * @param folder the results folder; empty when the files could not be written
     * @param colour whether ANSI colours may be used
     * @param unicode whether the terminal shows more than ASCII
     */
    public static String render(CapacityRecord run, Optional<Path> folder, boolean colour, boolean unicode) {
        return new CapacityTerminal(new Ink(colour, unicode)).lines(CapacityView.of(run), folder);
    }

    private String lines(CapacityView view, Optional<Path> folder) {
        wrapped("capacity: " + view.setting()).forEach(line -> lines.add(ink.faint(line)));
        view.invalid().forEach(reason -> wrapped("INVALID " + reason).forEach(line -> lines.add(ink.bad(line))));
        wrapped(view.partial()).forEach(line -> lines.add(ink.doubtful(line)));
        lines.add("");
        view.answer().forEach(sentence -> wrapped(sentence).forEach(line -> lines.add(ink.strong(line))));
        lines.add("");
        if (!view.rows().isEmpty()) {
            List<List<String>> table = new ArrayList<>();
            List<String> head = new ArrayList<>(List.of("Path"));
            head.addAll(view.figures());
            table.add(head);
            for (CapacityView.Row row : view.rows()) {
                List<String> cells = new ArrayList<>(List.of(row.path()));
                row.figures().forEach(figure -> cells.add(ink.plain(figure)));
                table.add(cells);
            }
            for (List<String> block : Layout.blocks(table, 0)) {
                lines.add(ink.strong(block.get(0)));
                lines.addAll(block.subList(1, block.size()));
                lines.add("");
            }
            view.rows().forEach(row -> wrapped(row.path() + ": " + row.remark()).forEach(lines::add));
            lines.add("");
            wrapped(view.reading()).forEach(line -> lines.add(ink.faint(line)));
        }
        // never wrapped, so that the path can be copied
        folder.ifPresent(path ->
                lines.add("Report: " + ink.plain(path.resolve("report.html").toString())));
        return String.join("\n", lines) + "\n";
    }

    private List<String> wrapped(String text) {
        return text.isBlank() ? List.of() : Layout.wrap(ink.plain(text), Layout.WIDTH);
    }
}
