package dev.pushpull.http;

import java.time.Duration;
import okhttp3.Dns;

/** The same with OkHttp in the place of our own client. */
class SentAgainByOkHttpTest extends SentAgainTest {
    @Override
    PostClient client(Duration response) {
        return new OkHttpPostClient(DirectPosts.LONG, response, Transport.PLAIN, DirectPosts.THREADS, Dns.SYSTEM);
    }
}
