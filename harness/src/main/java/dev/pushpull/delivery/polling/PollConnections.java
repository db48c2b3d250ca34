package dev.pushpull.delivery.polling;

import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.KeptConnections;

/** The connections of polls at a fixed interval, and the time they take (docs/theory.md section 13). */
final class PollConnections {
    private final Scenario scenario;
    private final double interval;

    /** Seconds from the provider's answer to the consumer. */
    private final double leg;

    /** The wire's part of it. */
    private final double wireLeg;

    private final KeptConnections kept;

    /** Share of polls, after the first, that open a connection. */
    private final double opening;

    PollConnections(Scenario scenario) {
        Scenario.Wire wire = scenario.wire();
        this.scenario = scenario;
        this.interval = scenario.polling().intervalNanos() / 1e9;
        this.wireLeg = wire.legNanos() / 1e9;
        this.leg = scenario.network().pollResponseNanos() / 1e9 + wireLeg;
        this.kept = new KeptConnections(wire.keptNanos() / 1e9, leg + wireLeg, wire.setUpNanos() / 1e9);
        this.opening = wire.modelled() ? kept.shareOfPeriod(interval) : 0;
    }

    /** Seconds of the response leg; its mean where it is drawn. */
    double leg() {
        return leg;
    }

    /** The wire's part of that, in seconds. */
    double wireLeg() {
        return wireLeg;
    }

    /** Seconds to open a connection. */
    double setUp() {
        return kept.setUp();
    }

    /** Whether polls look alternately sooner and later; the waits depend on that offset. */
    boolean alternate() {
        return opening == 0.5 && kept.setUp() > 0;
    }

    /** Mean bytes of handshakes for each poll. */
    double handshakeBytes() {
        return openedAPoll() * TlsBytes.toProvider(scenario.wire());
    }

    private double openedAPoll() {
        return scenario.wire().modelled()
                ? Math.max(opening, Math.min(1, interval * 1e9 / scenario.run().durationNanos()))
                : 0;
    }

    void writeTo(FigureSheet sheet) {
        if (scenario.wire().modelled()) {
            double polls = scenario.run().durationNanos() / 1e9 / interval;
            sheet.put(
                    "connections_opened",
                    scenario.events().consumers() * Math.max(1, polls * openedAPoll()),
                    opening == 1 ? "N run/T" : opening == 0 ? "N" : "N run/(2T)",
                    "a poll opens one when the last has been idle for longer than it is kept: T - %s ms > K; each consumer"
                                    .formatted(Math.rint(1e6 * kept.exchange()) / 1e3)
                            + " has its own (section 13)");
        }
    }
}
