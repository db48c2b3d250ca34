package dev.pushpull.provider;

import dev.pushpull.scenario.WebhookSender;

/** The same with OkHttp in the place of our own client. */
class WebhookAttemptsByOkHttpTest extends WebhookAttemptsTest {
    @Override
    WebhookSender sender() {
        return WebhookSender.OKHTTP;
    }
}
