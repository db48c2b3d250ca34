package dev.pushpull.delivery.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamOptionsTest {
    private static final ScenarioDraft DRAFT = ScenarioDraft.poisson(1, 100);

    @ParameterizedTest
    @CsvSource({
        "--heartbeat, 0s, above 0",
        "--heartbeat, often, a duration",
        "--heartbeat-when, never, always or idle",
        "--reconnect, 1.5ms, whole milliseconds",
        "--reconnect, none, a duration",
        "--stream-lifetime, 0, above 0",
        "--replay, some, 'all, none, a number of events above 0 such as 200, or a duration such as 2m'",
        "--replay, 0, 'all, none, a number'",
        "--replay, -3, 'all, none, a number'",
        "--replay, 99999999999, 'all, none, a number'",
        "--read-timeout, soon, a duration"
    })
    void aValueThatCannotBeReadIsRefused(String flag, String value, String accepted) {
        assertThatThrownBy(() -> StreamOptions.ALL.forEach(
                        option -> option.in(DRAFT.option(flag, value).scenario())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(flag + ": '" + value + "' is not accepted; accepted: ")
                .hasMessageContaining(accepted);
    }

    @Test
    void aHeartbeatNotBelowTheReadTimeoutIsRefused() {
        for (String heartbeat : new String[] {"10s", "11s"}) {
            assertThatThrownBy(() -> StreamOptions.check(DRAFT.option("--heartbeat", heartbeat)
                            .option("--read-timeout", "10s")
                            .scenario()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("--heartbeat: '" + heartbeat + "' is not accepted; accepted: one below --read-timeout"
                            + " 10s, or none: consumers would give up connections that are alive");
        }
        for (String[] fine : new String[][] {{"9s", "10s"}, {"none", "10s"}, {"10s", "none"}, {"20s", null}}) {
            ScenarioDraft draft = DRAFT.option("--heartbeat", fine[0]);
            assertThatCode(() -> StreamOptions.check(
                            (fine[1] == null ? draft : draft.option("--read-timeout", fine[1])).scenario()))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aConsumerIsPatientForThreeHeartbeats() {
        assertThat(StreamOptions.READ_TIMEOUT.in(
                        DRAFT.option("--heartbeat", "5s").scenario()))
                .isEqualTo(15_000_000_000L);
        assertThat(StreamOptions.READ_TIMEOUT.in(
                        DRAFT.option("--heartbeat", "none").scenario()))
                .isZero();
    }

    @Test
    void aRehearsalHasUnbrokenConnections() {
        assertThat(StreamOptions.LIFETIME.in(StreamOptions.unbroken(
                        DRAFT.option("--stream-lifetime", "1s").scenario())))
                .isZero();
    }
}
