package dev.pushpull.load;

import static dev.pushpull.load.BadEndpoint.one;
import static dev.pushpull.load.BadEndpoint.rubbish;
import static dev.pushpull.load.CutSocket.End.CLOSES;
import static dev.pushpull.load.CutSocket.End.STALLS;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ways a client can misbehave towards a server: a sender towards a webhook receiver, a poller or poster towards an
 * event source. {@link BadClients} runs each. The only valid complete requests they send are those whose answers they
 * do not read.
 */
public enum BadClient {
    /** Bytes that are not HTTP. */
    RUBBISH((talk, request, turn) -> {
        talk.say(rubbish(turn));
        talk.say("\r\n\r\n");
        return talk.status();
    }),
    /** Connects and sends nothing. */
    SILENCE((talk, request, turn) -> talk.status()),
    /** Announces a body and sends none. */
    NO_BODY((talk, request, turn) -> {
        talk.say(request.head("Content-Length: 1000"));
        return talk.status();
    }),
    /** Waits to be told to continue, and then does not. */
    WANTS_TO_BE_ASKED((talk, request, turn) -> {
        talk.say(request.head("Expect: 100-continue\r\nContent-Length: 1000"));
        return talk.status();
    }),
    /** Sends a byte a second. */
    BYTE_A_SECOND((talk, request, turn) -> {
        talk.trickle(request.head("Content-Length: 1000").getBytes(StandardCharsets.ISO_8859_1));
        return talk.status();
    }),
    /** Sends its body a byte a second. */
    SLOW_BODY((talk, request, turn) -> {
        talk.say(request.head("Content-Length: 1000"));
        talk.trickle(new byte[1000]);
        return talk.status();
    }),
    /** Sends requests again and again and reads no answer. */
    NO_READING((talk, request, turn) -> {
        for (int i = 0; i < 2000; i++) {
            talk.say(request.whole());
        }
        talk.freeze();
        return 0;
    }),
    /** Hangs up after the first, the second, the third byte of its request, and so on. */
    CLOSING_AT_EVERY_BYTE((talk, request, turn) -> {
        talk.say(Conversation.beginning(request.whole(), turn % request.whole().length));
        return 0;
    }),
    /** The same with a reset. */
    RESETTING_AT_EVERY_BYTE((talk, request, turn) -> {
        talk.say(Conversation.beginning(request.whole(), turn % request.whole().length));
        talk.reset();
        return 0;
    }),
    /** Sends a part, closes its side, and waits. */
    HALF_CLOSING((talk, request, turn) -> {
        talk.say(Conversation.beginning(request.whole(), turn % request.whole().length));
        talk.finishSaying();
        return talk.status();
    }),
    /** Announces an impossibly long body. */
    HUGE_LENGTH((talk, request, turn) -> {
        talk.say(request.head("Content-Length: "
                + one(turn, "999999999", "9223372036854775807", "18446744073709551626", "9".repeat(300))));
        return talk.status();
    }),
    /** Announces a negative length, or one that is not a number. */
    BAD_LENGTH((talk, request, turn) -> {
        talk.say(request.head("Content-Length: " + one(turn, "-1", "+5", "0x5", "1e1", "5,6", "five")) + "01234");
        return talk.status();
    }),
    /** Announces two lengths. */
    TWO_LENGTHS((talk, request, turn) -> {
        talk.say(request.head(one(
                        turn,
                        "Content-Length: 5\r\nContent-Length: 6",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked"))
                + "01234");
        return talk.status();
    }),
    /** Invalid header lines. */
    MALFORMED_HEADER((talk, request, turn) -> {
        talk.say(request.head(one(turn, "X Y: 1", "X: a\r\n folded", ": nameless", "no colon", "X: a\0b")
                        + "\r\nContent-Length: 5")
                + "01234");
        return talk.status();
    }),
    /** Invalid request lines. */
    MALFORMED_LINE((talk, request, turn) -> {
        talk.say(one(
                        turn,
                        "POST",
                        "POST /",
                        "POST  / HTTP/1.1",
                        "POST / HTTP/9.9",
                        "POST /%zz HTTP/1.1",
                        "\0 / HTTP/1.1")
                + "\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
        return talk.status();
    }),
    /** An unknown transfer coding. */
    UNKNOWN_CODING((talk, request, turn) -> {
        talk.say(
                request.head("Transfer-Encoding: " + one(turn, "xchunked", "gzip", "chunked, xchunked")) + "0\r\n\r\n");
        return talk.status();
    }),
    /** Chunks with invalid lengths. */
    BAD_CHUNKS((talk, request, turn) -> {
        talk.say(request.head("Transfer-Encoding: chunked")
                + one(turn, "zz", "-5", "FFFFFFFFFFFFFFFFF", "7FFFFFFFFFFFFFFF") + "\r\n01234\r\n");
        return talk.status();
    }),
    /** An endless request line. */
    ENDLESS_LINE((talk, request, turn) -> {
        talk.say("POST /");
        talk.flood("x");
        return talk.status();
    }),
    /** Endless headers. */
    ENDLESS_HEADERS((talk, request, turn) -> {
        talk.say(request.unfinished());
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
        return talk.status();
    }),
    /** An endless body. */
    ENDLESS_BODY((talk, request, turn) -> {
        talk.say(request.head("Transfer-Encoding: chunked"));
        talk.flood("400\r\n" + "x".repeat(0x400) + "\r\n");
        return talk.status();
    }),
    /** Endless trailers. */
    ENDLESS_TRAILERS((talk, request, turn) -> {
        talk.say(request.head("Transfer-Encoding: chunked") + "5\r\n01234\r\n0\r\n");
        talk.flood("X-Filler: " + "x".repeat(100) + "\r\n");
        return talk.status();
    }),
    /** Begins TLS on a plain port, or HTTP on a TLS port. */
    WRONG_LAYER((talk, request, turn) -> {
        talk.say(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3});
        return talk.status();
    }),

    /** Under TLS: stops halfway through the handshake. */
    TLS_STALLS_IN_HANDSHAKE(
            (talk, request, turn) ->
                    talk.encrypted(true, 1 + turn * 17L % 500, STALLS).status(),
            true),
    /** Under TLS: garbage within a request. */
    TLS_BREAKS(
            (talk, request, turn) -> {
                talk.encrypted(true).say(Conversation.beginning(request.whole(), 20));
                talk.sayBare(rubbish(turn));
                return talk.status();
            },
            true),
    /** Under TLS: sends requests again and again and reads no answer. */
    TLS_NO_READING(
            (talk, request, turn) -> {
                Conversation encrypted = talk.encrypted(true);
                for (int i = 0; i < 2000; i++) {
                    encrypted.say(request.whole());
                }
                talk.freeze();
                return 0;
            },
            true),
    /** Under TLS: half a request, and then a close without notifying TLS. */
    TLS_ENDS_EARLY(
            (talk, request, turn) -> {
                talk.encrypted(true).say(Conversation.beginning(request.whole(), request.whole().length / 2));
                return 0;
            },
            true),
    /** Under TLS: hangs up after the first, the second, the third byte that it sends, and so on. */
    TLS_CLOSING_AT_EVERY_BYTE(
            (talk, request, turn) -> {
                talk.encrypted(true, turn % 2000, CLOSES).say(Conversation.beginning(request.whole(), 1000));
                return 0;
            },
            true);

    /**
     * A valid request.
     *
     * @param headers whole lines, each with its line end
     */
    public record Honest(URI address, String method, String headers, byte[] body) {
        /** @param lines instead of the length of the body; without the last line end */
        String head(String lines) {
            return unfinished() + lines + "\r\n\r\n";
        }

        /** The request line and headers, after which more lines may follow. */
        String unfinished() {
            String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
            return method + " " + address.getRawPath() + query + " HTTP/1.1\r\nHost: " + address.getRawAuthority()
                    + "\r\n" + headers;
        }

        byte[] whole() {
            byte[] head = head("Content-Length: " + body.length).getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            return all;
        }
    }

    /** Misbehaves on one connection; the caller closes it afterwards. */
    interface Behaviour {
        /**
         * @param turn how many connections came before
         * @return the status of the answer, 0 when there was none
         */
        int misbehave(Conversation talk, Honest request, int turn) throws IOException, InterruptedException;
    }

    private final Behaviour behaviour;
    private final boolean tls;

    BadClient(Behaviour behaviour) {
        this(behaviour, false);
    }

    BadClient(Behaviour behaviour, boolean tls) {
        this.behaviour = behaviour;
        this.tls = tls;
    }

    /** All that need no TLS; they also run under TLS. */
    public static List<BadClient> plain() {
        return Arrays.stream(values()).filter(kind -> !kind.tls).toList();
    }

    /** Those that misbehave in TLS itself. */
    public static List<BadClient> ofTls() {
        return Arrays.stream(values()).filter(kind -> kind.tls).toList();
    }

    /** Its name in the figures: {@code byte-a-second}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int misbehave(Conversation talk, Honest request, int turn) throws IOException, InterruptedException {
        return behaviour.misbehave(talk, request, turn);
    }

    boolean isOfTls() {
        return tls;
    }
}
