package dev.pushpull.delivery.websocket;

import dev.pushpull.delivery.stream.StreamOptions;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import java.util.ArrayList;
import java.util.List;

/** The flags of WebSockets, besides those of all held connections. */
final class WebSocketOptions {
    /** What a consumer acknowledges. */
    enum Ack {
        EACH,
        NONE
    }

    static final ModeOption<Ack> ACK = new ModeOption<>(
            "--ack",
            "WHAT",
            "each: the consumer answers each event with a message; none: it does not (default: each).",
            WebSocketOptions::ack,
            scenario -> Ack.EACH);

    /** So that consumers whose connections end together do not all return together. */
    static final ModeOption<Long> JITTER = new ModeOption<>(
            "--reconnect-jitter",
            "DURATION",
            "A consumer waits up to this much longer than --reconnect before it returns, at random (default: 0s).",
            Quantity::durationOrZeroNanos,
            scenario -> 0L);

    static final List<ModeOption<?>> ALL = all();

    private WebSocketOptions() {}

    private static Ack ack(String flag, String text) {
        return switch (text.strip()) {
            case "each" -> Ack.EACH;
            case "none" -> Ack.NONE;
            default -> throw Quantity.wrong(flag, text, "each or none");
        };
    }

    private static List<ModeOption<?>> all() {
        List<ModeOption<?>> all = new ArrayList<>(StreamOptions.ALL);
        all.add(ACK);
        all.add(JITTER);
        return List.copyOf(all);
    }
}
