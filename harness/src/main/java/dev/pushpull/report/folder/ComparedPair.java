package dev.pushpull.report.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.shared.ResultFiles;
import dev.pushpull.report.shared.RunJson;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page that compares two results of the list.
 *
 * @param first name of the one that it calls A
 * @param second name of the one that it calls B
 * @param link to it, relative to the list
 */
record ComparedPair(String first, String second, String link) {
    /** Those whose both runs are in the list. What cannot be read is left out: the list has it as a line anyway. */
    static List<ComparedPair> among(Path home, List<Path> folders) {
        List<String> names = folders.stream().map(folder -> name(home, folder)).toList();
        List<ComparedPair> pairs = new ArrayList<>();
        for (Path folder : folders) {
            Path file = folder.resolve(ResultFiles.COMPARED_RUNS);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            try {
                JsonNode runs = RunJson.MAPPER.readTree(file.toFile());
                String first = name(home, folder.resolve(runs.path("first").asText()));
                String second = name(home, folder.resolve(runs.path("second").asText()));
                if (names.contains(first) && names.contains(second)) {
                    pairs.add(new ComparedPair(first, second, link(name(home, folder))));
                }
            } catch (IOException | URISyntaxException | RuntimeException e) {
                // edited by hand
            }
        }
        return pairs;
    }

    private static String name(Path home, Path folder) {
        Path base = home.toAbsolutePath().normalize();
        return base.relativize(folder.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }

    private static String link(String name) throws URISyntaxException {
        return new URI(null, null, "./" + name + "/" + ResultFiles.COMPARED, null).toASCIIString();
    }
}
