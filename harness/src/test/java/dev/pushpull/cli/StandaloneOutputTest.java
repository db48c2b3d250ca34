package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.Interruption;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a command that runs one side alone ends. */
class StandaloneOutputTest {
    private final Interruption interruption = new Interruption();

    @Test
    void aTroubleOnTheWayIsNoGoodEnd() {
        assertThat(StandaloneOutput.exitCode(
                        true, Optional.of("commits to the database failed for a while"), interruption))
                .isEqualTo(ExitCode.FAILED)
                .isEqualTo(1);
        interruption.request();
        assertThat(StandaloneOutput.exitCode(
                        true, Optional.of("commits to the database failed for a while"), interruption))
                .as("whoever stops it still learns of it")
                .isEqualTo(ExitCode.FAILED);
    }

    @Test
    void withoutOneItIsDoneOrWasInterrupted() {
        assertThat(StandaloneOutput.exitCode(true, Optional.empty(), interruption))
                .isEqualTo(ExitCode.DONE);
        interruption.request();
        assertThat(StandaloneOutput.exitCode(true, Optional.empty(), interruption))
                .isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void whatCouldNotBeWrittenIsNoGoodEndEither() {
        assertThat(StandaloneOutput.exitCode(false, Optional.empty(), interruption))
                .isEqualTo(ExitCode.FAILED);
    }
}
