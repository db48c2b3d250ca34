package dev.pushpull.report.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder's files are made again from its {@code run.json}, all of them or none. */
class RerenderingTest {
    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("run"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare", "sweep", "claims", "predict", "poll"})
    void everyKindOfRunIsMadeAgainToTheByte(String kind) throws IOException {
        StoredRuns.write(kind, folder);
        Map<String, String> before = contents();
        for (String file : before.keySet()) {
            if (!file.equals("run.json")) {
                Files.delete(folder.resolve(file));
            }
        }

        List<String> corrected = Rerendering.write(StoredRun.read(folder), folder);

        assertThat(contents()).isEqualTo(before).hasSizeGreaterThan(2);
        assertThat(corrected).isEmpty();
        assertThat(StoredRun.read(folder).rows()).isNotEmpty();
        assertThat(StoredRun.read(folder).render(folder, false, true)).contains(folder.toString());
    }

    @Test
    void anEditedTableIsMadeAgainAndNamed() throws IOException {
        StoredRuns.write("compare", folder);
        String summary = Files.readString(folder.resolve("summary.csv"));
        Files.writeString(folder.resolve("summary.csv"), summary.replace(",600,", ",599,"));

        assertThat(Rerendering.write(StoredRun.read(folder), folder)).containsExactly("summary.csv");
        Path gone = folder.resolve("gone");
        assertThatThrownBy(() -> Rerendering.write(StoredRun.read(folder), gone))
                .isInstanceOf(java.io.IOException.class)
                .hasMessage("the folder " + gone + " cannot be written: there is no such file or folder");

        assertThat(folder.resolve("summary.csv")).hasContent(summary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"started_at\":\"yesterday\"",
                "\"mode\":null",
                "\"outcomes\":[null]",
                "\"outcomes\":7",
                "\"histogram\":\"AAAA\"",
                "\"interval_nanos\":\"soon\"",
                "\"kind\":\"unheard-of\""
            })
    void aRecordThatAHandHasSpoiltIsRefusedAndTheFolderLeftAsItWas(String spoilt) throws IOException {
        StoredRuns.write("compare", folder);
        String field = spoilt.substring(0, spoilt.indexOf(':') + 1);
        String record = Files.readString(folder.resolve("run.json"));
        String changed = field.equals("\"outcomes\":")
                ? record.replaceFirst("\"outcomes\":\\[.*\\],\"noise\"", spoilt + ",\"noise\"")
                : record.replaceFirst(field + "(\"[^\"]*\"|[0-9.]+)", spoilt);
        assertThat(changed).isNotEqualTo(record);
        Files.writeString(folder.resolve("run.json"), changed);
        Map<String, String> before = contents();

        assertThatThrownBy(() -> Rerendering.write(StoredRun.read(folder), folder))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .hasLineCount(1);

        assertThat(contents()).isEqualTo(before);
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
