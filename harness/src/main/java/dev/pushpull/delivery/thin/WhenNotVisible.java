package dev.pushpull.delivery.thin;

import dev.pushpull.scenario.Quantity;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a consumer does when a read does not bring what a webhook has told of, because the read side lags behind. */
enum WhenNotVisible {
    /** It asks again after a while, until the read side has caught up. */
    AGAIN,
    /** It waits for the next webhook. */
    NEXT_PING,
    /** It believes the webhook, and continues after the event: it never gets it. */
    SKIP;

    /** As typed. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static WhenNotVisible of(String flag, String text) {
        return Arrays.stream(values())
                .filter(one -> one.text().equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> Quantity.wrong(flag, text, accepted()));
    }

    static String accepted() {
        return Arrays.stream(values()).map(WhenNotVisible::text).collect(Collectors.joining(", "));
    }
}
