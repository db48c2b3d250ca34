package dev.pushpull.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class HostClocksTest {
    @Test
    void theBootIsNamedByItsWholeId() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/sys/kernel/random/boot_id")), "this is no Linux");
        assertThat(HostClocks.now(NanoClock.SYSTEM).bootId())
                .as("one letter of it would take every sixteenth host for this one")
                .matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Test
    void aTimeNamespaceThatIsToldByBothDecidesBesideTheBoot() {
        HostClocks here = new HostClocks("boot", "time:[1]", 0, 0);
        assertThat(here.sameClockAs(new HostClocks("boot", "time:[1]", 7, 7))).isTrue();
        assertThat(here.sameClockAs(new HostClocks("boot", "time:[2]", 7, 7))).isFalse();
        assertThat(here.sameClockAs(new HostClocks("boot", "", 7, 7)))
                .as("of a provider that tells no namespace")
                .isTrue();
        assertThat(here.sameClockAs(new HostClocks("other", "time:[1]", 7, 7))).isFalse();
    }
}
