package dev.pushpull.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server that runs for months remembers only its newest connections. */
class ServedPortsTest {
    private final ServedPorts ports = new ServedPorts();

    @Test
    void theNewestConnectionsAreKnownAndOlderOnesForgotten() {
        for (int port = 1; port <= ServedPorts.MOST_COUNTS + 3; port++) {
            ports.begin(client(port)).sent(port);
        }

        Map<Integer, List<Carried>> carried = ports.carried();
        assertThat(carried).hasSize(ServedPorts.MOST_COUNTS).doesNotContainKeys(1, 2, 3);
        for (int port : List.of(4, ServedPorts.MOST_COUNTS + 3)) {
            assertThat(carried.get(port)).containsExactly(new Carried(port, 0, 0, 0));
        }
    }

    @Test
    void howManyAreKnownDoesNotGrowWithTheTime() {
        for (int i = 0; i < 20 * ServedPorts.MOST_COUNTS; i++) {
            ports.begin(client(i % 50_000));
        }
        assertThat(ports.carried().values().stream().mapToInt(List::size).sum())
                .isEqualTo(ServedPorts.MOST_COUNTS)
                .isLessThanOrEqualTo(10_000);
    }

    @Test
    void aConnectionThatIsForgottenIsServedAllTheSame() {
        ServedPorts.Count oldest = ports.begin(client(1));
        for (int i = 0; i < ServedPorts.MOST_COUNTS; i++) {
            ports.begin(client(2));
        }
        oldest.sent(5);
        oldest.heard();
        assertThat(ports.carried()).containsOnlyKeys(2);
    }

    @Test
    void aPortThatIsGivenTwiceHasTwoCounts() {
        ports.begin(client(1)).received(10);
        ServedPorts.Count second = ports.begin(client(1));
        second.heard();
        second.answersWith(7);

        assertThat(ports.carried())
                .containsExactly(Map.entry(1, List.of(new Carried(0, 10, 0, 0), new Carried(0, 0, 1, 7))));
    }

    private static InetSocketAddress client(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
