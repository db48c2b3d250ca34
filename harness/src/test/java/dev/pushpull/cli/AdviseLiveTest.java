package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The best modes of an answer run live, each so much faster that a second or two are enough. */
@Tag("live")
class AdviseLiveTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            polling         | --live 1s --rate 40/d --need latency_p95<1m
            long-polling    | --live 2s --rate 3/m
            webhook         | --live 1s --rate 40/d --need latency_p95<10s
            sse             | --live 1s --rate 40/m
            thin-webhook    | --live 1s --rate 40/d
            batched-webhook | --live 1s --rate 40/m --need latency_p95<1m
            """)
    void whatWasPredictedIsMeasuredAtTheSameLoadFactor(String mode, String flags) {
        Said said = AdviseCommandTest.said("advise --consumers 5 --offers " + mode + " " + flags);

        assertThat(said.exitCode()).as(said.errors()).isZero();
        assertThat(said.output().replaceAll("\\s+", " "))
                .containsPattern(mode + " was measured live [0-9.,]+ times faster than asked|the live run of " + mode
                        + " is invalid: the harness could not keep pace"); // a busy machine
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rate 100/s --interval 1h --offers polling --need lost_ratio<1 | --live has to last longer than 2s, or fewer events have to come
            """)
    void whatCannotBeMadeFasterIsSaidWithItsReason(String flags, String reason) {
        Said said = AdviseCommandTest.said("advise --consumers 5 --live 2s " + flags);

        assertThat(said.output().replaceAll("\\s+", " ")).contains("was not measured live: " + reason);
    }
}
