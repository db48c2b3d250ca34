package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import org.junit.jupiter.api.Test;

class FileDescriptorsTest {
    @Test
    void tooFewAreToldWithHowManyAreNeededAndHowToRaiseThem() {
        assertThatThrownBy(() -> FileDescriptors.check("--connections", 5000, 1024))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("--connections: 5000 connections need 5100 file descriptors in a process, and 1024 are"
                        + " allowed; raise them: ulimit -n 5100");
    }

    @Test
    void enoughAreEnough() {
        assertThatCode(() -> FileDescriptors.check("--connections", 5000, 5100)).doesNotThrowAnyException();
        assertThatCode(() -> FileDescriptors.checkConnections("--connections", 1))
                .doesNotThrowAnyException();
    }
}
