package dev.pushpull.delivery.webhook;

import dev.pushpull.host.NanoClock;
import dev.pushpull.host.RoleThreads;
import dev.pushpull.scenario.StoreAddress;
import dev.pushpull.signing.StandardWebhooks;
import dev.pushpull.store.Inbox;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.time.Clock;

/**
 * A receiver with a durable inbox, whose processing adds a row to a table that would accept the same one twice. Prints
 * its address when it is ready, and exists to be killed.
 */
public final class ReceiverProcess {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String EFFECT = "INSERT INTO effect (delivery_id) VALUES (?)";

    private ReceiverProcess() {}

    /** @param arguments the database: a file, or jdbc:postgresql: */
    public static void main(String[] arguments) throws Exception {
        RoleThreads threads = new RoleThreads("killed", RoleThreads.CONSUMER);
        Inbox inbox = Inbox.open(
                new StoreAddress(arguments[0]),
                new Inbox.Settings("killed", 10_000, Inbox.Settings.GROUPED, (connection, message) -> {
                    try (PreparedStatement insert = connection.prepareStatement(EFFECT)) {
                        insert.setString(1, message.deliveryId());
                        insert.executeUpdate();
                    }
                }),
                threads);
        // in a database of ours, since one with a foreign table is refused
        try (Connection connection = DriverManager.getConnection(url(arguments[0]));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS effect (delivery_id TEXT NOT NULL)");
        }
        WebhookReceiver receiver = new WebhookReceiver(
                new WebhookReceiver.Settings(new StandardWebhooks(), consumer -> SECRET, 1 << 20),
                inbox,
                threads,
                NanoClock.SYSTEM,
                Clock.systemUTC(),
                () -> {});
        System.out.println(receiver.endpoint(0));
        while (true) {
            inbox.processed(inbox.take()).join();
        }
    }

    static String url(String address) {
        return address.startsWith("jdbc:") ? address : "jdbc:sqlite:" + address;
    }
}
