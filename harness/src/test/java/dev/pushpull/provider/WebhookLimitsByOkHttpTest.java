package dev.pushpull.provider;

import dev.pushpull.scenario.WebhookSender;

/** The same with OkHttp in the place of our own client. */
class WebhookLimitsByOkHttpTest extends WebhookLimitsTest {
    @Override
    WebhookSender sender() {
        return WebhookSender.OKHTTP;
    }
}
