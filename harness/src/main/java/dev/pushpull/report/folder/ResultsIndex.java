package dev.pushpull.report.folder;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.HtmlPage;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code results/index.html}: all results in a folder, the newest first, of which two can be chosen to compare. */
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

    /** The values for the template. */
    record Shown(List<Line> lines, String count) {}

    /** @param argument for the command that compares */
    record Line(IndexEntry entry, String argument) {}

    /** The data for the script: the pages that compare two of these runs. */
    record Data(List<ComparedPair> compared) {}

    /** Always written under a unique name until it is complete: two commands may end at the same moment. */
    public static void write(Path home) throws IOException {
        String name = home.toAbsolutePath().normalize().getFileName().toString();
        List<Path> folders = folders(home);
        List<Line> lines = folders.stream()
                .map(folder -> IndexEntry.of(home, folder))
                .sorted(Comparator.comparing(IndexEntry::startedAt)
                        .thenComparing(IndexEntry::name)
                        .reversed())
                .map(entry -> new Line(entry, entry.argument(name)))
                .toList();
        String html = HtmlPage.plain(
                ResultsIndex.class,
                "index.html",
                "All runs",
                new Shown(lines, Decimals.count(lines.size())),
                new Data(ComparedPair.among(home, folders)),
                "index.js");
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

    /** The folders of results: those in it, and of one that only gathers results, those within. */
    private static List<Path> folders(Path home) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path folder : within(home)) {
            List<Path> gathered = isResult(folder)
                    ? List.of()
                    : within(folder).stream().filter(ResultsIndex::isResult).toList();
            folders.addAll(gathered.isEmpty() ? List.of(folder) : gathered);
        }
        return folders;
    }

    private static boolean isResult(Path folder) {
        return Stream.of(RunJson.FILE, "report.html", ResultFiles.COMPARED)
                .anyMatch(file -> Files.exists(folder.resolve(file)));
    }

    private static List<Path> within(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> !each.getFileName().toString().startsWith("."))
                    .toList();
        } catch (AccessDeniedException e) {
            return List.of();
        }
    }
}
