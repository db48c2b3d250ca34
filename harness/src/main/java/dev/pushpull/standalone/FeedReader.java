package dev.pushpull.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pushpull.host.NanoClock;
import dev.pushpull.http.StreamedAnswer;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Reads an answer that may go on for ever, item by item as they come: the lines of NDJSON, or server-sent events. A line
 * that is no JSON is left out; of an event it is the text itself. Used by one thread, for one answer.
 */
final class FeedReader implements StreamedAnswer {
    /** Longer waits are cut to this. */
    private static final long LONGEST_RETRY_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static final int NO_CONTENT = 204;
    private static final int RESET_CONTENT = 205;
    private static final int MOST_ID = 1_000;
    private static final int MOST_DIGITS = 15;

    private final Optional<FeedFormat> given;
    private final Pace pace;
    private final int mostBytes;
    private final Taker taker;
    private FeedFormat format = FeedFormat.JSON;
    private long openedNanos;
    private String lastId = "";
    private OptionalLong retryNanos = OptionalLong.empty();
    private long items;
    private String firstRubbish = "";

    /** What of an event has been read. */
    private final StringBuilder data = new StringBuilder();

    private boolean hasData;

    /** Receives what is read. */
    interface Taker {
        /** The head of the answer has arrived, at this time of the monotonic clock. */
        void opened(FeedFormat format, long nanos);

        /**
         * An item.
         *
         * @param ownId of the event; blank for none
         */
        void item(JsonNode item, String ownId) throws IOException;

        /** A line that is left out, because it is no JSON. */
        void rubbish(String why);
    }

    /** @param given the format, if a person says so; otherwise the {@code Content-Type} tells */
    FeedReader(Optional<FeedFormat> given, Pace pace, int mostBytes, Taker taker) {
        this.given = given;
        this.pace = pace;
        this.mostBytes = mostBytes;
        this.taker = taker;
    }

    @Override
    public boolean goesOn(Response response) {
        return response.isSuccessful()
                && FeedFormat.of(given, response.header("Content-Type")) != FeedFormat.JSON
                && response.code() != NO_CONTENT
                && response.code() != RESET_CONTENT;
    }

    @Override
    public void read(Response response, Progress progress) throws IOException {
        BufferedSource body = response.body().source();
        body.timeout().timeout(pace.silenceNanos(), TimeUnit.NANOSECONDS);
        format = FeedFormat.of(given, response.header("Content-Type"));
        openedNanos = NanoClock.SYSTEM.nanoTime();
        taker.opened(format, openedNanos);
        FeedLines lines = new FeedLines(body, mostBytes, format == FeedFormat.SSE);
        try {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (format == FeedFormat.SSE) {
                    field(line);
                } else if (!line.isBlank()) {
                    json(line);
                }
                progress.hasRead(items);
            }
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "nothing came for %s (--silence)".formatted(ToldWait.inSeconds(pace.silenceNanos())), e);
        }
    }

    private void json(String line) throws IOException {
        JsonNode item;
        try {
            item = ItemReader.JSON.readTree(line);
        } catch (JsonProcessingException | NumberFormatException e) { // a number may have too large an exponent
            leaveOut("a line is no JSON that can be read");
            return;
        }
        take(item, "");
    }

    private void leaveOut(String why) {
        firstRubbish = firstRubbish.isEmpty() ? why : firstRubbish;
        taker.rubbish(why);
    }

    private void take(JsonNode item, String ownId) throws IOException {
        items++;
        taker.item(item, ownId);
    }

    /** A line of an event stream, by the rules of the HTML standard, section 9.2.6. */
    private void field(String line) throws IOException {
        if (line.isEmpty()) {
            dispatch();
            return;
        }
        int colon = line.indexOf(':');
        String name = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        value = value.startsWith(" ") ? value.substring(1) : value;
        switch (name.startsWith("\uFEFF") ? name.substring(1) : name) {
            case "data" -> {
                if (data.length() + value.length() > mostBytes) {
                    throw new IOException("an event has more than " + mostBytes + " bytes (--most-bytes)");
                }
                data.append(hasData ? "\n" : "").append(value);
                hasData = true;
            }
            case "id" -> lastId = value.indexOf('\0') < 0 && value.length() <= MOST_ID ? value : lastId;
            case "retry" -> {
                if (value.matches("[0-9]{1," + MOST_DIGITS + "}")) {
                    retryNanos = OptionalLong.of(
                            TimeUnit.MILLISECONDS.toNanos(Math.min(LONGEST_RETRY_MILLIS, Long.parseLong(value))));
                }
            }
            default -> {
                // a comment, which keeps the connection open; an event's type; or what only others know
            }
        }
    }

    private void dispatch() throws IOException {
        if (!hasData) {
            return;
        }
        String text = data.toString();
        data.setLength(0);
        data.trimToSize();
        hasData = false;
        JsonNode item;
        try {
            item = ItemReader.JSON.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) {
            item = TextNode.valueOf(text); // its content, or the event's own id, is what tells it from others
        }
        take(item.isMissingNode() ? TextNode.valueOf(text) : item, lastId);
    }

    /** Whether there was an answer that goes on. */
    boolean opened() {
        return format != FeedFormat.JSON;
    }

    boolean isEventStream() {
        return format == FeedFormat.SSE;
    }

    /** When its head had arrived, by the monotonic clock; or another time when there was no such answer. */
    long openedNanos(long otherwise) {
        return opened() ? openedNanos : otherwise;
    }

    /** How many items came. */
    long items() {
        return items;
    }

    /** Why the first line that was left out was; empty when none was. */
    String firstRubbish() {
        return firstRubbish;
    }

    /** The last id that an event had; blank for none. */
    String lastId() {
        return lastId;
    }

    /** How long to wait before it is opened again, if it says so. */
    OptionalLong retryNanos() {
        return retryNanos;
    }
}
