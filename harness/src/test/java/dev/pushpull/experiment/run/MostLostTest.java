package dev.pushpull.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.Scenario;
import dev.pushpull.testing.ScenarioDraft;
import org.junit.jupiter.api.Test;

class MostLostTest {
    private static final int KIBIBYTE = 1024;

    private final Scenario plain = ScenarioDraft.poisson(1, 10).scenario(); // with a kibibyte of data an event
    private final Scenario encrypted =
            ScenarioDraft.poisson(1, 10).wire(true, 0, 60).scenario();

    @Test
    void anAnswerIsItsHeadAndItsEvents() {
        assertThat(new MostLost(plain).answerBytes(1, 0)).isEqualTo(8 * KIBIBYTE);
        assertThat(new MostLost(plain).answerBytes(1, 10)).isEqualTo(8 * KIBIBYTE + 10 * (KIBIBYTE + 512));
        assertThat(new MostLost(plain).answerBytes(3, 10)).isEqualTo(3 * (8 * KIBIBYTE + 10 * (KIBIBYTE + 512)));
    }

    @Test
    void withTlsThereIsAHandshakeBesidesAndAHundredthOfAll() {
        long answer = 24 * KIBIBYTE + 10 * (KIBIBYTE + 512);
        assertThat(new MostLost(encrypted).answerBytes(2, 10)).isEqualTo(2 * (answer + answer / 100));
    }

    @Test
    void anEventThatWasSentAgainIsAHeadAndAnEvent() {
        assertThat(new MostLost(plain).resentBytes(3)).isEqualTo(3 * (9 * KIBIBYTE + 512));
        assertThat(new MostLost(encrypted).resentBytes(1)).isEqualTo(25 * KIBIBYTE + 512);
        assertThat(new MostLost(plain).resentBytes(0)).isZero();
    }
}
