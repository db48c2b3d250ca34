package dev.pushpull.scenario;

import java.util.List;

/**
 * What a mode uses, all consumers together; NaN where unknown.
 *
 * @param asked requests a second from consumers to the provider
 * @param sent requests a second from the provider to consumers
 * @param frames messages a second on held connections, openings included
 * @param held connections held open
 * @param bytes a second, both ways
 * @param payload bytes of an event
 */
public record Usage(
        ModeTraits traits, double asked, double sent, double frames, double held, double bytes, double payload) {
    /** Seconds in a month of 30 days, as everywhere here. */
    public static final double MONTH_SECONDS = 30 * 86_400.0;

    private static final double GIGABYTE = 1e9;

    /** Who pays. */
    public enum Side {
        CONSUMER,
        PROVIDER
    }

    /** What a list of meters makes a month; NaN where a quantity that it needs is unknown. */
    public double bill(List<Meter> meters, Side side) {
        double sum = 0;
        for (Meter meter : meters) {
            if (applies(meter.when())) {
                sum += meter.cost(units(meter, side));
            }
        }
        return sum;
    }

    /** The units a month that a meter counts. */
    public double units(Meter meter, Side side) {
        return switch (meter.kind()) {
            case REQUESTS, GB_SECONDS, VCPU_SECONDS -> requests(meter.counts(), side) * MONTH_SECONDS * meter.each();
            case MESSAGES -> traits.has(ModeTraits.Trait.HOLDS_CONNECTIONS) ? messages(meter) * MONTH_SECONDS : 0;
            case CONNECTION_MINUTES -> held * MONTH_SECONDS / 60;
            case EGRESS -> bytes * MONTH_SECONDS / GIGABYTE;
            case MONTHLY -> 1;
        };
    }

    private double messages(Meter meter) {
        double size = meter.unitBytes() > 0 ? Math.ceil(Math.max(1, payload) / meter.unitBytes()) : 1;
        return frames * size;
    }

    private double requests(Meter.Counts counts, Side side) {
        boolean mine = (counts == Meter.Counts.SENT) == (side == Side.CONSUMER);
        return counts == Meter.Counts.ALL ? asked + sent : mine ? asked : sent;
    }

    private boolean applies(Meter.When when) {
        return switch (when) {
            case ALWAYS -> true;
            case LISTENS -> traits.has(ModeTraits.Trait.LISTENS);
            case HOLDS_CONNECTIONS -> traits.has(ModeTraits.Trait.HOLDS_CONNECTIONS);
            case POLLS -> traits.asks() && !traits.has(ModeTraits.Trait.HOLDS_CONNECTIONS);
        };
    }
}
