package dev.pushpull.provider;

import dev.pushpull.scenario.WebhookSender;

/** The same with OkHttp in the place of our own client. */
class BadEndpointsByOkHttpTest extends BadEndpointsTest {
    @Override
    WebhookSender sender() {
        return WebhookSender.OKHTTP;
    }

    /** "X Y: 1" is one, and a line that begins with a space. */
    @Override
    boolean acceptsMalformedHeaders() {
        return true;
    }

    /** It sends all of a request first; an endpoint that reads none costs its own place until the timeout. */
    @Override
    boolean readsAnAnswerBeforeItsRequestIsSent() {
        return false;
    }
}
