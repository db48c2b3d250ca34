package dev.pushpull.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import dev.pushpull.measure.Recorder.Purpose;
import java.util.EnumMap;
import java.util.Map;

/** Requests by purpose and by how they ended, and their bytes. Guarded by the recorder that owns it. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class RequestCounts {
    private final Map<Purpose, Long> measured = new EnumMap<>(Purpose.class);
    private final Map<Ending, Long> attemptEndings = new EnumMap<>(Ending.class);
    private final Map<Ending, Long> askedEndings = new EnumMap<>(Ending.class);
    private long emptyPolls;
    private long drain;
    private long setUp;
    private long bytesSent;
    private long bytesReceived;
    private long bytesSentOtherwise;
    private long bytesReceivedOtherwise;
    private long bytesSentByBrokenAttempts;
    private long bytesSentByBrokenAsked;

    RequestCounts() {}

    void add(Purpose purpose, boolean closesOnly, int newEvents, Exchange exchange) {
        (purpose == Purpose.ATTEMPT ? attemptEndings : askedEndings).merge(exchange.ending(), 1L, Long::sum);
        if (exchange.ending() == Ending.CUT_OFF || exchange.ending() == Ending.TIMED_OUT) {
            if (purpose == Purpose.ATTEMPT) {
                bytesSentByBrokenAttempts += exchange.bytesSent();
            } else {
                bytesSentByBrokenAsked += exchange.bytesSent();
            }
        }
        if (purpose == Purpose.SETUP || closesOnly) {
            bytesSentOtherwise += exchange.bytesSent();
            bytesReceivedOtherwise += exchange.bytesReceived();
            if (closesOnly) {
                drain++;
            } else {
                setUp++;
            }
            return;
        }
        measured.merge(purpose, 1L, Long::sum);
        bytesSent += exchange.bytesSent();
        bytesReceived += exchange.bytesReceived();
        if (purpose == Purpose.POLL && newEvents == 0) {
            emptyPolls++;
        }
    }

    RequestCounts copy() {
        RequestCounts copy = new RequestCounts();
        copy.measured.putAll(measured);
        copy.attemptEndings.putAll(attemptEndings);
        copy.askedEndings.putAll(askedEndings);
        copy.emptyPolls = emptyPolls;
        copy.drain = drain;
        copy.setUp = setUp;
        copy.bytesSent = bytesSent;
        copy.bytesReceived = bytesReceived;
        copy.bytesSentOtherwise = bytesSentOtherwise;
        copy.bytesReceivedOtherwise = bytesReceivedOtherwise;
        copy.bytesSentByBrokenAttempts = bytesSentByBrokenAttempts;
        copy.bytesSentByBrokenAsked = bytesSentByBrokenAsked;
        return copy;
    }

    /** What both counted. */
    RequestCounts plus(RequestCounts other) {
        RequestCounts sum = copy();
        other.measured.forEach((purpose, count) -> sum.measured.merge(purpose, count, Long::sum));
        other.attemptEndings.forEach((ending, count) -> sum.attemptEndings.merge(ending, count, Long::sum));
        other.askedEndings.forEach((ending, count) -> sum.askedEndings.merge(ending, count, Long::sum));
        sum.emptyPolls += other.emptyPolls;
        sum.drain += other.drain;
        sum.setUp += other.setUp;
        sum.bytesSent += other.bytesSent;
        sum.bytesReceived += other.bytesReceived;
        sum.bytesSentOtherwise += other.bytesSentOtherwise;
        sum.bytesReceivedOtherwise += other.bytesReceivedOtherwise;
        sum.bytesSentByBrokenAttempts += other.bytesSentByBrokenAttempts;
        sum.bytesSentByBrokenAsked += other.bytesSentByBrokenAsked;
        return sum;
    }

    /** Requests that count in the figures. */
    long measured() {
        return measured.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Requests of one purpose that count in the figures. */
    public long measured(Purpose purpose) {
        return measured.getOrDefault(purpose, 0L);
    }

    /** All webhook attempts that ended so. */
    public long attemptsEnded(Ending ending) {
        return attemptEndings.getOrDefault(ending, 0L);
    }

    /** All requests from consumer to provider that ended so. */
    public long askedEnded(Ending ending) {
        return askedEndings.getOrDefault(ending, 0L);
    }

    /** Bytes sent by webhook attempts that were cut off or timed out. */
    public long bytesSentByBrokenAttempts() {
        return bytesSentByBrokenAttempts;
    }

    /** Bytes sent by requests from consumer to provider that were cut off or timed out. */
    public long bytesSentByBrokenAsked() {
        return bytesSentByBrokenAsked;
    }

    /** Polls that brought nothing new. */
    public long emptyPolls() {
        return emptyPolls;
    }

    /** Requests that only closed the run. */
    public long drain() {
        return drain;
    }

    /** Requests before the measured time. */
    public long setUp() {
        return setUp;
    }

    /** Bytes sent by the requests that count in the figures. */
    public long bytesSent() {
        return bytesSent;
    }

    /** Bytes received by the requests that count in the figures. */
    public long bytesReceived() {
        return bytesReceived;
    }

    /** Bytes sent by all requests. */
    public long bytesSentInAll() {
        return bytesSent + bytesSentOtherwise;
    }

    /** Bytes received by all requests. */
    public long bytesReceivedInAll() {
        return bytesReceived + bytesReceivedOtherwise;
    }
}
