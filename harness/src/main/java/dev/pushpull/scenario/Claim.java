package dev.pushpull.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A claim that an experiment tests: common ones about webhooks, two about other ways, then one of our own. */
public enum Claim {
    EFFORT("2", "Effort", "Polling: client asks repeatedly. Webhooks: server sends once."),
    REAL_TIME("2", "Real time", "Polling: delayed by polling interval. Webhooks: instant (as soon as event happens)."),
    EFFICIENCY(
            "2",
            "Efficiency",
            "Polling: inefficient (many empty requests). Webhooks: highly efficient (only sent on events)."),
    INFRASTRUCTURE(
            "2",
            "Infrastructure",
            "Polling: simple client logic. Webhooks: requires a publicly accessible server endpoint."),
    SIGNATURES(
            "5",
            "Signatures",
            "The provider should sign the payload using a secret (HMAC). Your server must verify this signature."),
    IDEMPOTENCY(
            "5", "Events that come twice", "Ensure your code can handle the same event ID twice without side effects."),
    TIMEOUTS(
            "5",
            "Work inside the request",
            "Don't perform heavy DB work inside the request; just save and return 200 OK immediately."),
    INSTANT_UPDATES("6", "Instant updates", "Instant updates: data is received the moment the event occurs."),
    BANDWIDTH_EFFICIENCY("6", "Bandwidth", "Bandwidth efficiency: no wasted requests like polling."),
    SCALABILITY("6", "Scalability", "Scalability: your server only does work when there's actually something to do."),
    PUBLIC_EXPOSURE("6", "Public exposure", "Public exposure: you must expose an endpoint to the internet."),
    DELIVERY_FAILURES(
            "6",
            "Delivery failures",
            "Delivery failures: if your server is down, the event might be missed (though most providers retry)."),
    DEBUGGING("6", "Debugging", "Debugging: harder to debug than standard APIs as the source is external."),
    STREAMS("-", "Held connections", "A held connection beats both polling and webhooks.", "Stream"),
    THIN_WEBHOOKS("-", "Thin webhooks", "Send the id, and let the consumer fetch the rest.", "Thin webhook"),
    BAD_ENDPOINT("-", "One bad endpoint", "One bad endpoint delays the others.");

    private final String section;
    private final String title;
    private final String statement;
    private final Optional<String> other;

    Claim(String section, String title, String statement) {
        this(section, title, statement, "");
    }

    Claim(String section, String title, String statement, String other) {
        this.section = section;
        this.title = title;
        this.statement = statement;
        this.other = Optional.of(other).filter(way -> !way.isEmpty());
    }

    /** Its name in {@code claims.csv} and for {@code --only}, such as {@code real-time}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is called in text for people. */
    public String title() {
        return title;
    }

    /** The number of its group of claims in {@code claims.csv}; {@code -} for those of none. Not for people. */
    public String section() {
        return section;
    }

    /** As it is usually worded, unless it is our own. */
    public String statement() {
        return statement;
    }

    /** The way that it is about, where that is neither polling nor webhooks. */
    public Optional<String> other() {
        return other;
    }

    /** The claim with that name. */
    public static Optional<Claim> named(String id) {
        return Arrays.stream(values()).filter(claim -> claim.id().equals(id)).findFirst();
    }

    /** All names, in this order. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Claim::id).toList();
    }
}
