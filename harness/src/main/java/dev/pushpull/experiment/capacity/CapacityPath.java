package dev.pushpull.experiment.capacity;

import dev.pushpull.hosts.HostPart;
import dev.pushpull.hosts.HostPlan;
import dev.pushpull.load.LoadRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The paths whose capacity can be searched for. */
public enum CapacityPath {
    POLL_EMPTY("a poll answered by an empty page"),
    POLL_304("a conditional poll answered 304"),
    POLL_1("a poll answered by a page of 1 event"),
    POLL_10("a poll answered by a page of 10 events"),
    POLL_100("a poll answered by a page of 100 events"),
    LONG_POLL("an event answering a held poll, from its occurring to the answer's arriving"),
    WEBHOOK_UNSIGNED("a webhook without signature, taken without verifying"),
    WEBHOOK_SIGNED("a webhook signed by its sender, taken without verifying"),
    WEBHOOK_VERIFIED("a webhook signed and verified"),
    WEBHOOK_SAVED("a webhook signed, verified and saved in a durable inbox");

    /** The most events a poller can ask for in a page. */
    static final int EVENTS = 100;

    static final String STREAM = "c0";

    /** Longer than any step, so that no poll is answered because its time is up. */
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final String about;

    CapacityPath(String about) {
        this.about = about;
    }

    /** Its name for {@code --path}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What travels over it, in words. */
    public String about() {
        return about;
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(CapacityPath::id).toList();
    }

    public static Optional<CapacityPath> named(String id) {
        return Arrays.stream(values()).filter(path -> path.id().equals(id)).findFirst();
    }

    /** Whether its server is the provider; otherwise it is a webhook receiver. */
    boolean polls() {
        return ordinal() <= LONG_POLL.ordinal();
    }

    /** Why it cannot be tried over these hosts; empty when it can. */
    public Optional<String> refusalOver(HostPlan plan) {
        return switch (this) {
            case LONG_POLL -> Optional.of("from its event to its answer it would cross the clocks of two hosts");
            case WEBHOOK_SAVED -> Optional.of("an inbox on another host would stay there");
            default -> {
                HostPart.Role role = polls() ? HostPart.Role.POLLER : HostPart.Role.RECEIVER;
                yield plan.of(role).isEmpty()
                        ? Optional.of("%s has no table [[%s]]".formatted(plan.where(), role.word()))
                        : Optional.empty();
            }
        };
    }

    /**
     * What the driver sends.
     *
     * @param body the webhook's body
     * @param secret signs the webhooks
     */
    LoadRequest request(byte[] body, String secret) {
        return switch (this) {
            case POLL_EMPTY -> poll(EVENTS, Map.of());
            case POLL_304 -> poll(EVENTS, Map.of("If-None-Match", "\"" + EVENTS + "\""));
            case POLL_1 -> poll(EVENTS - 1, Map.of());
            case POLL_10 -> poll(EVENTS - 10, Map.of());
            case POLL_100 -> poll(EVENTS - 100, Map.of());
            case LONG_POLL ->
                new LoadRequest(
                        "GET",
                        "/events",
                        Map.of("Prefer", "wait=" + LONGEST_WAIT_SECONDS),
                        new byte[0],
                        LoadRequest.Kind.HELD,
                        "");
            case WEBHOOK_UNSIGNED -> webhook(body, LoadRequest.Kind.NUMBERED, secret);
            case WEBHOOK_SIGNED, WEBHOOK_VERIFIED, WEBHOOK_SAVED -> webhook(body, LoadRequest.Kind.SIGNED, secret);
        };
    }

    private static LoadRequest poll(int after, Map<String, String> headers) {
        return LoadRequest.get("/events?stream=" + STREAM + "&after=" + after, headers);
    }

    private static LoadRequest webhook(byte[] body, LoadRequest.Kind kind, String secret) {
        return new LoadRequest("POST", "/webhooks/0", Map.of("Content-Type", "application/json"), body, kind, secret);
    }
}
