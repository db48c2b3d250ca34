package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The best modes of an answer run live, each so much faster that two seconds are enough. */
@Tag("live")
class AdviseLiveTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            polling         | --rate 40/d --need latency_p95<1m
            long-polling    | --rate 3/m
            webhook         | --rate 40/d --need latency_p95<10s
            batched-webhook | --rate 40/m --need latency_p95<1m
            """)
    void whatWasPredictedIsMeasuredAtTheSameLoadFactor(String mode, String flags) {
        Said said = AdviseCommandTest.said("advise --consumers 5 --live 2s --offers " + mode + " " + flags);

        assertThat(said.exitCode()).as(said.errors()).isZero();
        assertThat(said.output().replaceAll("\\s+", " "))
                .contains(mode + ", measured: ")
                .contains(mode + " was measured live ")
                .contains(" times faster than asked");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rate 100/s --interval 1h --offers polling | polling cannot be made so much faster that 2s are enough
            """)
    void whatCannotBeMadeFasterIsSaidWithItsReason(String flags, String reason) {
        Said said = AdviseCommandTest.said("advise --consumers 5 --live 2s " + flags);

        assertThat(said.output().replaceAll("\\s+", " ")).contains("was not measured live: " + reason);
    }
}
