package dev.pushpull.report.folder;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.Resources;
import dev.pushpull.report.shared.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code results/index.html}: all runs of a results folder, newest first. */
public final class ResultsIndex {
    private static final String PAGE = "index.html";

    private ResultsIndex() {}

    /** Writes the list that contains a run's folder, if that is in a {@code results} folder. */
    public static void besides(Path folder) throws IOException {
        Path home = folder.toAbsolutePath().normalize().getParent();
        if (ResultsFolder.isHome(home)) {
            write(home);
        }
    }

    /**
     * One file that contains everything; the template engine escapes all text.
     *
     * @param style raw CSS
     */
    record Page(List<IndexEntry> runs, String count, String style) {}

    /** Always written under a unique name until it is complete: two commands may end at the same moment. */
    public static void write(Path home) throws IOException {
        List<IndexEntry> entries;
        try (Stream<Path> folders = Files.list(home)) {
            entries = folders.filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
                    .filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .map(IndexEntry::of)
                    .sorted(Comparator.comparing(IndexEntry::startedAt)
                            .thenComparing(IndexEntry::name)
                            .reversed())
                    .toList();
        }
        String html = HtmlPage.compiled(ResultsIndex.class, "index.html")
                .execute(new Page(entries, Decimals.count(entries.size()), Resources.shared("report.css")));
        Path temporary = home.resolve("." + PAGE + "-" + UUID.randomUUID());
        try {
            Files.writeString(temporary, html);
            Files.move(temporary, home.resolve(PAGE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw ResultFiles.failed(home.resolve(PAGE), e);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
