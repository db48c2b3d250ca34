package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    @Test
    void aServerLetsInAsManyAsItsClientsAreToHoldAndElseTheRestOfTheProgramKeepsHalfOfTheFiles() {
        int usual = Connections.Limits.keeping(1).most();
        assertThat(Connections.Limits.keeping(1, usual + 1).most()).isEqualTo(usual + 1);
        assertThat(Connections.Limits.keeping(1, 1).most()).isEqualTo(usual);
    }
}
