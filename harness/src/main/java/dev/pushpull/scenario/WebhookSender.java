package dev.pushpull.scenario;

import java.util.Arrays;
import java.util.Optional;

/** What webhooks are sent with. */
public enum WebhookSender {
    /** The program's own client, which sends on the thread on which an event occurs. */
    OWN("own"),
    /** OkHttp, as an ordinary integration would, and as pollers do here. */
    OKHTTP("okhttp");

    private final String id;

    WebhookSender(String id) {
        this.id = id;
    }

    /** What a flag and a file call it. */
    public String id() {
        return id;
    }

    /** The one that is called so. */
    public static Optional<WebhookSender> named(String id) {
        return Arrays.stream(values()).filter(sender -> sender.id.equals(id)).findFirst();
    }
}
