package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.StoreAddress;
import org.junit.jupiter.api.Test;

class ChildMessagesTest {
    private record Told(StoreAddress inbox) {}

    @Test
    void aPartInAnotherProcessIsToldTheWholeAddressOfADatabase() {
        StoreAddress address = new StoreAddress("jdbc:postgresql://me:hush@127.0.0.1/db?password=hush");
        String told = ChildMessages.text(new Told(address));
        assertThat(ChildMessages.read(told, Told.class).inbox().text()).isEqualTo(address.text());
        assertThat(address.shown()).isEqualTo("jdbc:postgresql://***@127.0.0.1/db?password=***");
        assertThat(address).asString().doesNotContain("hush");
    }
}
