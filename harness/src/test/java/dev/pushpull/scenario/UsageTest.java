package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.Meter.Counts;
import dev.pushpull.scenario.Meter.Kind;
import dev.pushpull.scenario.Meter.When;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UsageTest {
    private static final ModeTraits HELD =
            new ModeTraits(Begins.CONSUMER, Set.of(Trait.HOLDS_CONNECTIONS), "sockets", true, "", 0);
    private static final ModeTraits SENT =
            new ModeTraits(Begins.PROVIDER, Set.of(Trait.LISTENS), "webhooks", true, "", 0);

    /** A published calculator says 1,200 dollars: it takes the price of a million minutes for that of a thousand. */
    @Test
    void tenThousandConnectionsForEightHoursCostADollarTwenty() {
        double minutes = 10_000 * 8 * 60;

        assertThat(meter(Kind.CONNECTION_MINUTES, 0.25).cost(minutes)).isCloseTo(1.20, within(1e-12));
    }

    @Test
    void aConnectionHeldForAMonthCostsAsMuchAsAPollEveryFourMinutes() {
        Meter minutes = meter(Kind.CONNECTION_MINUTES, 0.25);
        Meter requests = meter(Kind.REQUESTS, 1.00);
        double held = new Usage(HELD, 0, 0, 0, 1, 0, 1024).bill(List.of(minutes), Usage.Side.CONSUMER);
        double polled = new Usage(SENT, 1 / 240.0, 0, 0, 0, 0, 1024).bill(List.of(requests), Usage.Side.CONSUMER);

        assertThat(held).isCloseTo(0.0108, within(1e-12));
        assertThat(polled).isCloseTo(held, within(1e-12));
    }

    @Test
    void eachSidePaysForWhatItSendsOrReceives() {
        Usage usage = new Usage(SENT, 2, 3, 0, 0, 0, 1024);
        Meter received = new Meter(
                Kind.REQUESTS,
                1,
                1,
                0,
                List.of(),
                Counts.RECEIVED,
                1,
                0,
                When.ALWAYS,
                "https://example.com",
                "2026-01-01");

        assertThat(usage.units(received, Usage.Side.CONSUMER)).isEqualTo(3 * Usage.MONTH_SECONDS);
        assertThat(usage.units(received, Usage.Side.PROVIDER)).isEqualTo(2 * Usage.MONTH_SECONDS);
    }

    @Test
    void aMessageCountsOnceForEachOfItsUnits() {
        Meter units = new Meter(
                Kind.MESSAGES,
                1,
                1,
                0,
                List.of(),
                Counts.ALL,
                1,
                32_768,
                When.ALWAYS,
                "https://example.com",
                "2026-01-01");

        assertThat(new Usage(HELD, 0, 0, 1, 1, 0, 32_768).units(units, Usage.Side.CONSUMER))
                .isEqualTo(Usage.MONTH_SECONDS);
        assertThat(new Usage(HELD, 0, 0, 1, 1, 0, 32_769).units(units, Usage.Side.CONSUMER))
                .isEqualTo(2 * Usage.MONTH_SECONDS);
    }

    @Test
    void aMeterThatAppliesToListenersCostsPollersNothing() {
        Meter endpoint = new Meter(
                Kind.MONTHLY, 5, 1, 0, List.of(), Counts.ALL, 1, 0, When.LISTENS, "https://example.com", "2026-01-01");

        assertThat(new Usage(SENT, 0, 1, 0, 0, 0, 1).bill(List.of(endpoint), Usage.Side.CONSUMER))
                .isEqualTo(5);
        assertThat(new Usage(HELD, 0, 1, 0, 0, 0, 1).bill(List.of(endpoint), Usage.Side.CONSUMER))
                .isZero();
    }

    private static Meter meter(Kind kind, double aMillion) {
        return new Meter(
                kind, aMillion, 1e6, 0, List.of(), Counts.ALL, 1, 0, When.ALWAYS, "https://example.com", "2026-09-20");
    }
}
