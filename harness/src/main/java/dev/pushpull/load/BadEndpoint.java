package dev.pushpull.load;

import static dev.pushpull.load.CutSocket.End.CLOSES;
import static dev.pushpull.load.CutSocket.End.STALLS;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The ways a server can misbehave towards its client: an endpoint that gets a webhook, or a provider that is polled.
 * {@link BadEndpoints} runs each.
 */
public enum BadEndpoint {
    /** Bytes that are not HTTP. */
    RUBBISH((talk, answer, turn) -> {
        talk.hear();
        talk.say(rubbish(turn));
    }),
    /** Reads the request and sends nothing. */
    SILENCE((talk, answer, turn) -> talk.waitForEnd()),
    /** Does not even read. */
    NO_READING((talk, answer, turn) -> talk.freeze()),
    /** Sends its answer a byte a second. */
    BYTE_A_SECOND((talk, answer, turn) -> {
        talk.hear();
        talk.trickle(answer);
    }),
    /** Answers before reading anything. */
    EARLY_ANSWER((talk, answer, turn) -> {
        talk.say(answer);
        talk.waitForEnd();
    }),
    /** Answers again and again, even without a request, and reads nothing. */
    ANSWERS_UNREAD((talk, answer, turn) -> {
        for (int i = 0; i < 400; i++) {
            talk.say(answer);
            Thread.sleep(50);
        }
    }),
    /** Hangs up at once. */
    CLOSES_AT_ONCE((talk, answer, turn) -> {}),
    /** Reads the request and hangs up. */
    CLOSES_UNANSWERED((talk, answer, turn) -> talk.hear()),
    /** Hangs up after the first, the second, the third byte of its answer, and so on. */
    CLOSING_AT_EVERY_BYTE((talk, answer, turn) -> {
        talk.hear();
        talk.say(Conversation.beginning(answer, turn % answer.length));
    }),
    /** The same with a reset. */
    RESETTING_AT_EVERY_BYTE((talk, answer, turn) -> {
        talk.hear();
        talk.say(Conversation.beginning(answer, turn % answer.length));
        talk.reset();
    }),
    /** Answers correctly, pretends to keep the connection, and hangs up. */
    CLOSES_UNANNOUNCED((talk, answer, turn) -> {
        talk.hear();
        talk.say(answer);
    }),
    /** Endless interim answers. */
    ENDLESS_INTERIM((talk, answer, turn) -> {
        talk.hear();
        talk.flood("HTTP/1.1 102 Processing\r\n\r\n");
    }),
    /** Announces another protocol, and speaks none. */
    SWITCHES_PROTOCOL((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 101 Switching Protocols\r\nUpgrade: rubbish\r\nConnection: upgrade\r\n\r\n");
        talk.waitForEnd();
    }),
    /** Announces an impossibly long body. */
    HUGE_LENGTH((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Length: " + one(turn, "9223372036854775807", "18446744073709551626", "9".repeat(300))));
        talk.waitForEnd();
    }),
    /** Announces a negative length, or one that is not a number. */
    BAD_LENGTH((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Length: " + one(turn, "-1", "+5", "0x5", "1e1", "", "5,6", "five")) + "01234");
    }),
    /** Announces two lengths. */
    TWO_LENGTHS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok(one(
                        turn,
                        "Content-Length: 5\r\nContent-Length: 6",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked"))
                + "01234");
    }),
    /** Invalid header lines. */
    MALFORMED_HEADER((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok(
                one(turn, "X Y: 1", "X: a\r\n folded", ": nameless", "no colon", "X: a\0b", "\u00fcber: 1", "X: \u00fc")
                        + "\r\nContent-Length: 0"));
    }),
    /** Invalid status lines. */
    MALFORMED_STATUS((talk, answer, turn) -> {
        talk.hear();
        talk.say(
                one(turn, "HTTP/1.1", "HTTP/1.1 abc OK", "HTTP/1.1 2000 OK", "HTTP/9.9 200 OK", "HTTP/1.1 -1 OK", "200")
                        + "\r\nContent-Length: 0\r\n\r\n");
    }),
    /** An endless status line. */
    ENDLESS_LINE((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 200 ");
        talk.flood("OK");
    }),
    /** Endless headers. */
    ENDLESS_HEADERS((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 200 OK\r\n");
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
    }),
    /** An endless body. */
    ENDLESS_BODY((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Type: application/json"));
        talk.flood("[");
    }),
    /** Chunks with invalid lengths. */
    BAD_CHUNKS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked") + one(turn, "zz", "-5", "FFFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "")
                + "\r\n01234\r\n");
    }),
    /** Endless chunks. */
    ENDLESS_CHUNKS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked"));
        talk.flood("400\r\n" + " ".repeat(0x400) + "\r\n");
    }),
    /** Endless trailers. */
    ENDLESS_TRAILERS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked") + "0\r\n");
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
    }),
    /** A body that is not compressed as declared. */
    BAD_PACKING((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Encoding: gzip\r\nContent-Length: 200"));
        talk.say(rubbish(turn));
    }),
    /** One answer more than there were requests, so that the next request seems to be answered at once. */
    EXTRA_ANSWER((talk, answer, turn) -> {
        while (!talk.hear().isEmpty()) {
            talk.say(answer);
            talk.say(answer);
        }
    }),
    /** Redirects to itself. */
    REDIRECTS_TO_ITSELF((talk, answer, turn) -> {
        while (!talk.hear().isEmpty()) {
            talk.say("HTTP/1.1 301 Moved\r\nLocation: ./\r\nContent-Length: 0\r\n\r\n");
        }
    }),
    /** Asks the client to stay away for an age. */
    RETRY_AFTER_AN_AGE((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: "
                + one(turn, "9".repeat(30), "-1", "Fri, 31 Dec 9999 23:59:59 GMT", "soon") + "\r\n\r\n");
    }),

    /** Under TLS: sends nothing after the handshake's first message. */
    TLS_SILENCE((talk, answer, turn) -> talk.waitForEnd(), true),
    /** Under TLS: answers the handshake's first message with garbage. */
    TLS_RUBBISH((talk, answer, turn) -> talk.say(rubbish(turn)), true),
    /** Under TLS: stops halfway through the handshake. */
    TLS_STALLS_IN_HANDSHAKE(
            (talk, answer, turn) ->
                    talk.encrypted(false, 100 + turn * 17L % 700, STALLS).hear(),
            true),
    /** Under TLS: hangs up halfway through the handshake. */
    TLS_CLOSES_IN_HANDSHAKE(
            (talk, answer, turn) ->
                    talk.encrypted(false, 1 + turn * 17L % 700, CLOSES).hear(),
            true),
    /** Under TLS: stops reading after the handshake. */
    TLS_NO_READING(
            (talk, answer, turn) -> {
                talk.encrypted(false).say("HTTP/1.1 100 Continue\r\n\r\n"); // this makes the handshake
                talk.freeze();
            },
            true),
    /** Under TLS: garbage within its answer. */
    TLS_BREAKS(
            (talk, answer, turn) -> {
                talk.encrypted(false).hear();
                talk.sayBare(rubbish(turn));
                talk.waitForEnd();
            },
            true),
    /** Under TLS: half an answer, and then a close without notifying TLS. */
    TLS_ENDS_EARLY(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false);
                encrypted.hear();
                encrypted.say(Conversation.beginning(answer, answer.length / 2));
            },
            true),
    /** Under TLS: a whole answer, and then a close without notifying TLS. */
    TLS_ENDS_UNTOLD(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false);
                encrypted.hear();
                encrypted.say(answer);
            },
            true),
    /** Under TLS: hangs up after the first, the second, the third byte that it sends, and so on. */
    TLS_CLOSING_AT_EVERY_BYTE(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false, turn, CLOSES);
                encrypted.hear();
                encrypted.say(answer);
            },
            true);

    /** Misbehaves on one connection; the caller closes it afterwards. */
    interface Behaviour {
        /**
         * @param answer what a good server would send
         * @param turn how many connections came before
         */
        void misbehave(Conversation talk, byte[] answer, int turn) throws IOException, InterruptedException;
    }

    private final Behaviour behaviour;
    private final boolean tls;

    BadEndpoint(Behaviour behaviour) {
        this(behaviour, false);
    }

    BadEndpoint(Behaviour behaviour, boolean tls) {
        this.behaviour = behaviour;
        this.tls = tls;
    }

    /** All that need no TLS; they also run under TLS. */
    public static List<BadEndpoint> plain() {
        return Arrays.stream(values()).filter(kind -> !kind.tls).toList();
    }

    /** Those that misbehave in TLS itself. */
    public static List<BadEndpoint> ofTls() {
        return Arrays.stream(values()).filter(kind -> kind.tls).toList();
    }

    /** Its name in the figures: {@code byte-a-second}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void misbehave(Conversation talk, byte[] answer, int turn) throws IOException, InterruptedException {
        behaviour.misbehave(talk, answer, turn);
    }

    boolean isOfTls() {
        return tls;
    }

    private static String ok(String headers) {
        return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n";
    }

    static byte[] rubbish(int turn) {
        byte[] bytes = new byte[200];
        new Random(turn).nextBytes(bytes);
        return bytes;
    }

    static String one(int turn, String... of) {
        return of[turn % of.length];
    }
}
