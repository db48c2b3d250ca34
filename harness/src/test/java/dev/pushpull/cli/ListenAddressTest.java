package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0.0.0.0:8081/hook         | 0.0.0.0     | 8081  | /hook
        127.0.0.1:0               | 127.0.0.1   | 0     |
        :0                        | 127.0.0.1   | 0     |
        :8081/a/b.c~d             | 127.0.0.1   | 8081  | /a/b.c~d
        hooks.example.com:65535/  | hooks.example.com | 65535 | /
        [::1]:8081/hook           | ::1         | 8081  | /hook
        """)
    void isAHostAPortAndAPath(String text, String host, int port, String path) {
        assertThat(ListenAddress.read("--receive", text))
                .isEqualTo(new ListenAddress(host, port, Optional.ofNullable(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "8081",
                "/hook",
                "localhost",
                "localhost/hook",
                "localhost:/hook",
                "localhost:65536/hook",
                "localhost:99999999999/hook",
                "localhost:-1/hook",
                "::1:8081/hook",
                "http://127.0.0.1:8081/hook",
                "127.0.0.1:8081hook",
                "127.0.0.1:8081/hook?a=b",
                "127.0.0.1:8081/ho ok",
                "127.0.0.1:8081/hook\n"
            })
    void anythingElseIsRefusedInOneLineThatShowsTheForm(String text) {
        assertThatThrownBy(() -> ListenAddress.read("--receive", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("--receive: ")
                .hasMessageContaining("accepted: ")
                .hasMessageNotContaining("\n");
    }
}
