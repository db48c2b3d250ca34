package dev.pushpull.report.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
    @Test
    void aCommandToRepeatNamesNoFolderThatIsTakenByNow() {
        assertThat(ShellWords.repeatable(
                        List.of("scripts/pushpull", "compare", "--out", "/tmp/x/run", "--rate", "2/s", "--out=/tmp/y")))
                .isEqualTo("scripts/pushpull compare --rate 2/s");
    }

    @Test
    void aCommandToRepeatKeepsWhatChangesItsResults() {
        assertThat(ShellWords.repeatable(List.of("scripts/pushpull", "simulate", "--trace", "my events.txt")))
                .isEqualTo("scripts/pushpull simulate --trace 'my events.txt'");
    }

    @Test
    void anOutAtTheEndWithoutAValueEndsTheCommand() {
        assertThat(ShellWords.repeatable(List.of("scripts/pushpull", "compare", "--out")))
                .isEqualTo("scripts/pushpull compare");
    }
}
