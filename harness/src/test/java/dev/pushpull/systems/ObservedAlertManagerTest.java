package dev.pushpull.systems;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of alerts in one push, alerts that are gone before a poll sees them, and silenced ones that are never pushed. */
@Tag("slow")
class ObservedAlertManagerTest {
    private static final int SHORT_ONES = 10;

    @TempDir
    private Path directory;

    @Test
    void everyAlertIsPairedOrKnownToBeGoneOrNeverPushed() throws Exception {
        int port = InstalledSystem.freePort();
        try (AlertManager alerts = AlertManager.started(directory, "http://127.0.0.1:" + port + "/hook")) {
            alerts.silences("quiet");
            alerts.fires("old", "BeforeItBegan");
            eventually("its push is over", () -> alerts.notifications() == 1);
            try (Observing observing = Observing.started(directory, port, "alert:manager", flags(alerts))) {
                alerts.fires("web", "A1", "A2", "A3", "A4", "A5");
                alerts.fires("quiet", "Q1", "Q2");
                for (int i = 1; i <= SHORT_ONES; i++) {
                    firesBriefly(alerts, observing, "short-" + i);
                }
                long before = alerts.notifications();
                alerts.resolves("web", "A1"); // the others of its group are pushed again
                eventually("its group is pushed again", () -> alerts.notifications() > before);
                Observing.Found found = observing.ended();
                System.out.println(found.quoted("alert manager", alerts.fired()));

                assertThat(found.of("backlog")).isEqualTo(1);
                assertThat(found.pairs()).as(found.said()).hasSize((int) alerts.fired());
                assertThat(found.of("poll only")).as("silenced").isEqualTo(2);
                assertThat(found.of("gone before polled")).isBetween(1L, (long) SHORT_ONES);
                assertThat(found.of("both")).isEqualTo(5 + SHORT_ONES - found.of("gone before polled"));
                assertThat(found.duplicates()).as("firing still").isGreaterThanOrEqualTo(4);
            }
        }
    }

    private static List<String> flags(AlertManager alerts) {
        return List.of(
                "--poll",
                alerts.alerts(),
                "--items",
                "",
                "--id",
                "/fingerprint",
                "--time",
                "/startsAt",
                "--scheme",
                "basic",
                "--push-items",
                "/alerts",
                "--push-id",
                "/fingerprint",
                "--push-where",
                "/status=firing",
                "--push-time",
                "/startsAt");
    }

    private static void firesBriefly(AlertManager alerts, Observing observing, String service) {
        alerts.fires(service, "Brief");
        observing.sawPushed(alerts.id(service));
        alerts.resolves(service, "Brief");
    }
}
