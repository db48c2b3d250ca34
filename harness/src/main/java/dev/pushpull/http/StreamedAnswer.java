package dev.pushpull.http;

import java.io.IOException;
import okhttp3.Response;
import okio.BufferedSource;

/** Reads an answer that goes on. */
@FunctionalInterface
public interface StreamedAnswer {
    /** The status of an answer after which another protocol goes on. */
    int SWITCHING_PROTOCOLS = 101;

    /** How far the exchange has come. Thread-safe. */
    interface Progress {
        /** Bytes sent so far, at the socket. */
        long bytesSent();

        /** Bytes received so far, at the socket. */
        long bytesReceived();

        /** So many items of the answer have been read so far. */
        void hasRead(long items);

        /** Breaks it off, because it took too long or was silent for too long. */
        void timeOut();
    }

    /** Reads single lines. */
    @FunctionalInterface
    interface LineReader {
        /**
         * A line has arrived. Called on the thread that sent the request.
         *
         * @param bytesSent of the exchange so far, at the socket
         * @param bytesReceived of the exchange so far, at the socket
         */
        void line(String line, long bytesSent, long bytesReceived);
    }

    /**
     * Reads a successful response until its end. Called on the thread that sent the request.
     *
     * @throws IOException when it breaks
     */
    void read(Response response, Progress progress) throws IOException;

    /** Whether it is an answer to be read here: unless overridden, any success, and to switch protocols is one. */
    default boolean goesOn(Response response) {
        return response.isSuccessful() || response.code() == SWITCHING_PROTOCOLS;
    }

    /** Reads line by line, each of them an item. */
    static StreamedAnswer lines(LineReader reader) {
        return (response, progress) -> {
            BufferedSource body = response.body().source();
            for (long lines = 1; !body.exhausted(); lines++) {
                String line = body.readUtf8LineStrict(MeteredHttpClient.MOST_BODY_BYTES);
                progress.hasRead(lines);
                reader.line(line, progress.bytesSent(), progress.bytesReceived());
            }
        };
    }
}
