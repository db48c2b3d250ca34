package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 7, 8, 9, 10, 13, 0x1b, 0x7f, 0x80, 0x85, 0x9b, 0x9d, 0x9f, 0xad, 0x061c, 0x200b, 0x200e, 0x200f,
                0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xe0041
            })
    void whatSteersATerminalBecomesAQuestionMark(int character) {
        String text = "a" + Character.toString(character) + "b";
        assertThat(TerminalText.value(text)).isEqualTo("a?b");
        assertThat(TerminalText.unbounded(text)).isEqualTo("a?b");
        boolean ofLines = character == '\n' || character == '\t';
        assertThat(TerminalText.lines(text)).isEqualTo(ofLines ? text : "a?b");
        assertThat(TerminalText.colouredLines(text)).isEqualTo(ofLines ? text : "a?b");
    }

    @Test
    void whatIsTextStays() {
        String text = "café, 日本語, λ ± µ, \uD83D\uDE00 [31m";
        assertThat(TerminalText.value(text)).isEqualTo(text);
        assertThat(TerminalText.lines(text + "\n\tat x\n")).isEqualTo(text + "\n\tat x\n");
    }

    @Test
    void ourColoursStayWhereTheyAreWantedAndNoOtherSequenceDoes() {
        assertThat(TerminalText.colouredLines("\u001b[1;31mbad\u001b[0m")).isEqualTo("\u001b[1;31mbad\u001b[0m");
        assertThat(TerminalText.colouredLines("\u001b[8mhidden\u001b[2J")).isEqualTo("?[8mhidden?[2J");
        assertThat(TerminalText.lines("\u001b[1mbad")).isEqualTo("?[1mbad");
    }

    @Test
    void noTextIsEndless() {
        assertThat(TerminalText.value("x".repeat(1_000_000))).hasSize(203).endsWith("...");
        assertThat(TerminalText.lines("x".repeat(1_000_000) + "\ny\n"))
                .hasSizeLessThan(6_000)
                .endsWith("...\ny\n");
    }

    @Test
    void theFirstLineIsWhatIsShownOfMany() {
        assertThat(TerminalText.firstLine("one\r\ntwo")).isEqualTo("one");
        assertThat(TerminalText.firstLine("")).isEmpty();
    }
}
