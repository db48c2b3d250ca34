package dev.pushpull.load;

import dev.pushpull.signing.Message;
import dev.pushpull.signing.SignatureScheme;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Valid requests that a webhook receiver must refuse. They come from attackers who know its address and the form of its
 * webhooks, and who have recorded a genuine one, but do not know its secret. {@link BadClient} sends invalid requests.
 */
public final class HostileTraffic {
    private static final int STALE_SECONDS = 3600;

    /** What is wrong with a request. */
    public enum Kind {
        /** Signed with another secret. */
        FORGED,
        /** A genuine signature under another body. */
        ALTERED,
        /** Signed with the right secret, but long ago: recorded then, sent only now. */
        STALE,
        /** No signature at all. */
        UNSIGNED,
        /** A genuine message again: must be acknowledged but not processed. */
        REPLAYED,
        /** An endpoint that does not exist, and a method that is not accepted. */
        MISDIRECTED
    }

    /**
     * The endpoint under attack.
     *
     * @param secret of the endpoint; used only for stale messages, which were genuine when they were recorded
     * @param recorded a genuine body, delivered under {@code recordedId}
     */
    public record Target(URI endpoint, SignatureScheme scheme, String secret, String recordedId, byte[] recorded) {
        /** A request like the genuine ones: the recorded one, signed now. It must be acknowledged but not processed. */
        public BadClient.Honest replay() {
            return new BadClient.Honest(endpoint, "POST", signed(secret, now(), recorded), recorded);
        }

        private String signed(String secret, long seconds, byte[] body) {
            StringBuilder lines = new StringBuilder();
            scheme.sign(secret, recordedId, seconds, Message.of(body, endpoint.toString()))
                    .forEach((name, value) ->
                            lines.append(name).append(": ").append(value).append("\r\n"));
            return lines.toString();
        }
    }

    /**
     * The results of one kind.
     *
     * @param accepted answered 2xx
     * @param refused answered 4xx
     * @param failed any other answer: the receiver itself failed
     * @param unanswered closed without an answer, by either side
     */
    public record Tally(long sent, long accepted, long refused, long failed, long unanswered) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0);

        Tally plus(int status) {
            return new Tally(
                    sent + 1,
                    accepted + (status >= 200 && status < 300 ? 1 : 0),
                    refused + (status >= 400 && status < 500 ? 1 : 0),
                    failed + (status != 0 && (status < 200 || status >= 300 && status < 400 || status >= 500) ? 1 : 0),
                    unanswered + (status == 0 ? 1 : 0));
        }

        Tally plus(Tally other) {
            return new Tally(
                    sent + other.sent,
                    accepted + other.accepted,
                    refused + other.refused,
                    failed + other.failed,
                    unanswered + other.unanswered);
        }
    }

    private final Target target;
    private final BooleanSupplier ended;
    private final AtomicLong left;

    private HostileTraffic(Target target, long requests, BooleanSupplier ended) {
        this.target = target;
        this.ended = ended;
        this.left = new AtomicLong(requests);
    }

    /**
     * Sends this many requests, all kinds in turn, from several threads at once.
     *
     * @param ended checked now and then; true to stop before all are sent
     */
    public static Map<Kind, Tally> run(Target target, long requests, int threads, long seed, BooleanSupplier ended)
            throws InterruptedException {
        HostileTraffic traffic = new HostileTraffic(target, requests, ended);
        Map<Kind, Tally> all = new EnumMap<>(Kind.class);
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            senders.add(new Thread(() -> merge(all, traffic.send(random)), "hostile " + i));
        }
        try {
            senders.forEach(Thread::start);
            for (Thread sender : senders) {
                sender.join();
            }
        } finally {
            traffic.left.set(0);
        }
        return all;
    }

    private static void merge(Map<Kind, Tally> all, Map<Kind, Tally> some) {
        synchronized (all) {
            some.forEach((kind, tally) -> all.merge(kind, tally, Tally::plus));
        }
    }

    private Map<Kind, Tally> send(SplittableRandom random) {
        Map<Kind, Tally> tallies = new EnumMap<>(Kind.class);
        Kind[] kinds = Kind.values();
        try (RawHttp http = new RawHttp(target.endpoint())) {
            for (int i = 0; left.getAndDecrement() > 0 && !ended.getAsBoolean(); i++) {
                Kind kind = kinds[i % kinds.length];
                Tally before = tallies.getOrDefault(kind, Tally.NONE);
                tallies.put(kind, before.plus(status(http, kind, random)));
            }
        }
        return tallies;
    }

    private int status(RawHttp http, Kind kind, SplittableRandom random) {
        try {
            return switch (kind) {
                case FORGED -> http.post(path(), signed(target.scheme().newSecret(), now(), random), body(random));
                case ALTERED ->
                    http.post(path(), target.signed(target.secret(), now(), target.recorded()), body(random));
                case STALE -> {
                    byte[] body = body(random);
                    yield http.post(path(), target.signed(target.secret(), now() - STALE_SECONDS, body), body);
                }
                case UNSIGNED -> http.post(path(), "", body(random));
                case REPLAYED ->
                    http.post(path(), target.signed(target.secret(), now(), target.recorded()), target.recorded());
                case MISDIRECTED ->
                    random.nextBoolean()
                            ? http.post("/webhooks/none", "", body(random))
                            : http.answerTo(http.head("GET", path(), "", 0));
            };
        } catch (IOException e) {
            http.close();
            return 0;
        }
    }

    private String path() {
        return target.endpoint().getRawPath();
    }

    private static long now() {
        return System.currentTimeMillis() / 1000;
    }

    private byte[] body(SplittableRandom random) {
        return ("{\"id\":\"evt_" + Long.toHexString(random.nextLong()) + "\",\"amount\":1000000}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private String signed(String secret, long seconds, SplittableRandom random) {
        return target.signed(secret, seconds, body(random));
    }
}
