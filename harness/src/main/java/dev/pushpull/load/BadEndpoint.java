package dev.pushpull.load;

import static dev.pushpull.load.CutSocket.End.CLOSES;
import static dev.pushpull.load.CutSocket.End.STALLS;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * How a server can misbehave towards whoever sends it a request: a webhook to an endpoint, a poll to a provider. {@link
 * BadEndpoints} runs each.
 */
public enum BadEndpoint {
    /** Bytes that are no HTTP. */
    RUBBISH((talk, answer, turn) -> {
        talk.hear();
        talk.say(rubbish(turn));
    }),
    /** Takes the request and says nothing. */
    SILENCE((talk, answer, turn) -> talk.waitForEnd()),
    /** Does not even read. */
    NO_READING((talk, answer, turn) -> talk.freeze()),
    /** Answers a byte a second. */
    BYTE_A_SECOND((talk, answer, turn) -> {
        talk.hear();
        talk.trickle(answer);
    }),
    /** Answers before it has read anything. */
    EARLY_ANSWER((talk, answer, turn) -> {
        talk.say(answer);
        talk.waitForEnd();
    }),
    /** Answers time and again, whether asked or not, and reads nothing. */
    ANSWERS_UNREAD((talk, answer, turn) -> {
        for (int i = 0; i < 400; i++) {
            talk.say(answer);
            Thread.sleep(50);
        }
    }),
    /** Hangs up when it is called. */
    CLOSES_AT_ONCE((talk, answer, turn) -> {}),
    /** Takes the request and hangs up. */
    CLOSES_UNANSWERED((talk, answer, turn) -> talk.hear()),
    /** Hangs up after the first, the second, the third byte of its answer. */
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
    /** Answers as it should, lets it be believed that the connection stays, and hangs up. */
    CLOSES_UNANNOUNCED((talk, answer, turn) -> {
        talk.hear();
        talk.say(answer);
    }),
    /** Interim answers without end. */
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
    /** Announces more than there can be. */
    HUGE_LENGTH((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Length: " + one(turn, "9223372036854775807", "18446744073709551626", "9".repeat(300))));
        talk.waitForEnd();
    }),
    /** Announces less than nothing, or no number. */
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
    /** Header lines that are none. */
    MALFORMED_HEADER((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok(
                one(turn, "X Y: 1", "X: a\r\n folded", ": nameless", "no colon", "X: a\0b", "\u00fcber: 1", "X: \u00fc")
                        + "\r\nContent-Length: 0"));
    }),
    /** Status lines that are none. */
    MALFORMED_STATUS((talk, answer, turn) -> {
        talk.hear();
        talk.say(
                one(turn, "HTTP/1.1", "HTTP/1.1 abc OK", "HTTP/1.1 2000 OK", "HTTP/9.9 200 OK", "HTTP/1.1 -1 OK", "200")
                        + "\r\nContent-Length: 0\r\n\r\n");
    }),
    /** A status line without end. */
    ENDLESS_LINE((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 200 ");
        talk.flood("OK");
    }),
    /** Headers without end. */
    ENDLESS_HEADERS((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 200 OK\r\n");
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
    }),
    /** A body without end. */
    ENDLESS_BODY((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Content-Type: application/json"));
        talk.flood("[");
    }),
    /** Chunks whose lengths are none. */
    BAD_CHUNKS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked") + one(turn, "zz", "-5", "FFFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF", "")
                + "\r\n01234\r\n");
    }),
    /** Chunks without end. */
    ENDLESS_CHUNKS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked"));
        talk.flood("400\r\n" + " ".repeat(0x400) + "\r\n");
    }),
    /** Trailers without end. */
    ENDLESS_TRAILERS((talk, answer, turn) -> {
        talk.hear();
        talk.say(ok("Transfer-Encoding: chunked") + "0\r\n");
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
    }),
    /** A body that is not packed as it says. */
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
    /** Sends on to itself. */
    REDIRECTS_TO_ITSELF((talk, answer, turn) -> {
        while (!talk.hear().isEmpty()) {
            talk.say("HTTP/1.1 301 Moved\r\nLocation: ./\r\nContent-Length: 0\r\n\r\n");
        }
    }),
    /** Asks to be left alone for an age. */
    RETRY_AFTER_AN_AGE((talk, answer, turn) -> {
        talk.hear();
        talk.say("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: "
                + one(turn, "9".repeat(30), "-1", "Fri, 31 Dec 9999 23:59:59 GMT", "soon") + "\r\n\r\n");
    }),

    /** Under TLS: says nothing to the first message of the handshake. */
    TLS_SILENCE((talk, answer, turn) -> talk.waitForEnd(), true),
    /** Under TLS: answers the first message of the handshake with rubbish. */
    TLS_RUBBISH((talk, answer, turn) -> talk.say(rubbish(turn)), true),
    /** Under TLS: stops in the middle of the handshake. */
    TLS_STALLS_IN_HANDSHAKE(
            (talk, answer, turn) ->
                    talk.encrypted(false, 100 + turn * 17L % 700, STALLS).hear(),
            true),
    /** Under TLS: hangs up in the middle of the handshake. */
    TLS_CLOSES_IN_HANDSHAKE(
            (talk, answer, turn) ->
                    talk.encrypted(false, 1 + turn * 17L % 700, CLOSES).hear(),
            true),
    /** Under TLS: reads no more once the handshake is made. */
    TLS_NO_READING(
            (talk, answer, turn) -> {
                talk.encrypted(false).say("HTTP/1.1 100 Continue\r\n\r\n"); // which makes the handshake
                talk.freeze();
            },
            true),
    /** Under TLS: rubbish in the middle of it. */
    TLS_BREAKS(
            (talk, answer, turn) -> {
                talk.encrypted(false).hear();
                talk.sayBare(rubbish(turn));
                talk.waitForEnd();
            },
            true),
    /** Under TLS: half of an answer, and then an end that TLS was not told of. */
    TLS_ENDS_EARLY(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false);
                encrypted.hear();
                encrypted.say(Conversation.beginning(answer, answer.length / 2));
            },
            true),
    /** Under TLS: a whole answer, and then an end that TLS was not told of. */
    TLS_ENDS_UNTOLD(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false);
                encrypted.hear();
                encrypted.say(answer);
            },
            true),
    /** Under TLS: hangs up after the first, the second, the third byte of all that it says. */
    TLS_CLOSING_AT_EVERY_BYTE(
            (talk, answer, turn) -> {
                Conversation encrypted = talk.encrypted(false, turn, CLOSES);
                encrypted.hear();
                encrypted.say(answer);
            },
            true);

    /** What it does with one connection; what it leaves open is closed behind it. */
    interface Behaviour {
        /**
         * @param answer what a good server would answer
         * @param turn how many connections it had before
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

    /** All that need no TLS; they run under it too. */
    public static List<BadEndpoint> plain() {
        return Arrays.stream(values()).filter(kind -> !kind.tls).toList();
    }

    /** Those that misbehave in TLS itself. */
    public static List<BadEndpoint> ofTls() {
        return Arrays.stream(values()).filter(kind -> kind.tls).toList();
    }

    /** In figures: {@code byte-a-second}. */
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
