package dev.pushpull.experiment.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Tag("live")
class ConsumersProgramTest {
    private static final int MOST_MILLIS = 200;

    /** Takes connections until its queue is full, and drops what comes then without a word. */
    private static List<Socket> filled(ServerSocket provider) throws IOException {
        List<Socket> queued = new ArrayList<>();
        while (true) {
            Socket next = new Socket();
            queued.add(next);
            try {
                next.connect(provider.getLocalSocketAddress(), MOST_MILLIS);
            } catch (SocketTimeoutException e) {
                return queued;
            }
        }
    }

    /** Without a limit, the system would go on asking for two minutes. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void aProviderThatDropsEverythingIsGivenUpAfterTheLongestTime() throws IOException {
        try (ServerSocket provider = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            InetSocketAddress address = (InetSocketAddress) provider.getLocalSocketAddress();
            assertThat(ConsumersProgram.addressTowards(address, MOST_MILLIS)).isEqualTo("127.0.0.1");
            List<Socket> queued = filled(provider);
            assertThatThrownBy(() -> ConsumersProgram.addressTowards(address, MOST_MILLIS))
                    .isInstanceOf(SocketTimeoutException.class);
            for (Socket one : queued) {
                one.close();
            }
        }
    }
}
