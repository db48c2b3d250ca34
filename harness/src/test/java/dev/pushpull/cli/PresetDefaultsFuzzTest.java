package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Any preset either gives values of flags or is refused in one line. */
class PresetDefaultsFuzzTest {
    @TempDir
    private static Path folder;

    private static Path preset;

    @BeforeAll
    static void nameFile() {
        preset = folder.resolve("own.toml");
    }

    @FuzzTest
    void isValuesOfFlagsOrIsRefused(byte[] data) throws IOException {
        Files.write(preset, data);
        try {
            assertThat(PresetDefaults.of("--preset", preset.toString())).isPresent();
        } catch (InvalidInputException e) {
            Refusals.assertOneLine(e);
        }
    }
}
