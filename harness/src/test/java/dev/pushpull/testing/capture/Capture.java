package dev.pushpull.testing.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The TCP connections made to some ports. */
public final class Capture {
    private static final int SYN = 0x02;
    private static final int ACK = 0x10;

    private final Set<Integer> serverPorts;
    private final List<Conversation> conversations = new ArrayList<>();
    private final Map<Ports, Conversation> open = new HashMap<>();

    private record Ports(int client, int server) {}

    /**
     * One connection, both ways.
     *
     * @param requests what the client sent
     * @param answers what the server sent
     */
    public record Conversation(int serverPort, TcpStream requests, TcpStream answers) {
        /** The completed exchanges, one after another. */
        public List<Exchange> exchanges() {
            List<HttpMessage> asked = HttpMessage.all(requests);
            List<HttpMessage> answered = HttpMessage.all(answers);
            if (asked.size() != answered.size()) {
                throw new AssertionError(asked.size() + " requests, " + answered.size() + " answers");
            }
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                exchanges.add(new Exchange(asked.get(i), answered.get(i)));
            }
            return exchanges;
        }
    }

    /** A request and its answer. */
    public record Exchange(HttpMessage request, HttpMessage answer) {}

    Capture(Set<Integer> serverPorts) {
        this.serverPorts = serverPorts;
    }

    void packet(long epochNanos, int from, int to, int sequence, int flags, byte[] payload) {
        boolean byClient = serverPorts.contains(to);
        if (!byClient && !serverPorts.contains(from)) {
            return;
        }
        Ports ports = byClient ? new Ports(from, to) : new Ports(to, from);
        if ((flags & (SYN | ACK)) == SYN) {
            Conversation begun = new Conversation(to, new TcpStream(), new TcpStream());
            open.put(ports, begun);
            conversations.add(begun);
        }
        Conversation conversation = open.get(ports);
        if (conversation == null) {
            throw new AssertionError("the beginning of a connection was not captured: " + ports);
        }
        TcpStream stream = byClient ? conversation.requests() : conversation.answers();
        stream.packet(epochNanos, sequence, (flags & SYN) != 0, payload);
    }

    /** Connections to a port, in the order in which they were opened. */
    public List<Conversation> conversations(int serverPort) {
        return conversations.stream()
                .filter(conversation -> conversation.serverPort() == serverPort)
                .toList();
    }

    /** All exchanges with a port. */
    public List<Exchange> exchanges(int serverPort) {
        return conversations(serverPort).stream()
                .flatMap(conversation -> conversation.exchanges().stream())
                .toList();
    }

    /** Payload sent to a port. */
    public long bytesTo(int serverPort) {
        return conversations(serverPort).stream()
                .mapToLong(conversation -> conversation.requests().bytes().length)
                .sum();
    }

    /** Payload that a port sent. */
    public long bytesFrom(int serverPort) {
        return conversations(serverPort).stream()
                .mapToLong(conversation -> conversation.answers().bytes().length)
                .sum();
    }
}
