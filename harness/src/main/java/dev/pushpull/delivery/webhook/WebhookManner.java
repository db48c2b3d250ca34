package dev.pushpull.delivery.webhook;

import java.util.Optional;

/**
 * What distinguishes one way of taking webhooks from another.
 *
 * @param mostEvents in one webhook
 * @param refusal which events consumers refuse
 * @param taker takes webhooks that are not events; then a repeated one is no repeated delivery
 */
public record WebhookManner(int mostEvents, Refusal refusal, Optional<WebhookTaker> taker) {
    /** Each webhook is an event, and taken. */
    public static final WebhookManner EVENTS = batches(1, Refusal.NONE);

    /** Each webhook holds some events. */
    public static WebhookManner batches(int mostEvents, Refusal refusal) {
        return new WebhookManner(mostEvents, refusal, Optional.empty());
    }

    /** Each webhook is something else. */
    public static WebhookManner other(WebhookTaker taker) {
        return new WebhookManner(1, Refusal.NONE, Optional.of(taker));
    }
}
