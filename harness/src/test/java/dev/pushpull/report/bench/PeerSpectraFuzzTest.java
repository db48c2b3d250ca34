package dev.pushpull.report.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pushpull.testing.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Histograms of any other driver are added up or refused in one line. */
class PeerSpectraFuzzTest {
    @TempDir
    private static Path folder;

    private static Path log;

    @BeforeAll
    static void nameFile() throws IOException {
        log = Files.createDirectory(folder.resolve("histograms")).resolve("open-loop-other-1.hlog");
    }

    @FuzzTest
    void areAddedUpOrRefused(byte[] data) throws IOException {
        Files.write(log, data);
        Map<String, Histogram> spectra;
        try {
            spectra = PeerSpectra.read(folder);
        } catch (IOException e) {
            Refusals.assertOneLine(e);
            return;
        }
        assertThat(spectra.get("other").getTotalCount()).isNotNegative();
        PeerSpectra.curve("other", spectra.get("other"));
    }
}
