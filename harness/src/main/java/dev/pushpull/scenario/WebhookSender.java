package dev.pushpull.scenario;

/** The client that sends webhooks. */
public enum WebhookSender {
    /** The program's own client, which sends on the thread on which an event occurs. */
    OWN("own"),
    /** OkHttp, as in an ordinary integration, and as pollers use here. */
    OKHTTP("okhttp");

    private final String id;

    WebhookSender(String id) {
        this.id = id;
    }

    /** Its name in flags and files. */
    public String id() {
        return id;
    }
}
