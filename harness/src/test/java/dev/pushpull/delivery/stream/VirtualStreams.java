package dev.pushpull.delivery.stream;

import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.Kind.Trait;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.ArrivalTimes;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.schedule.Seeds;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.ExchangeSizes.Frames;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.virtual.VirtualTime;
import java.util.List;
import java.util.Set;

/** Opens this room's virtual time to tests that check all rooms. */
public final class VirtualStreams {
    public static final Kind STREAM = new Kind("stream", "streams", Begins.CONSUMER, Set.of(Trait.LASTS));

    private VirtualStreams() {}

    /** Every frame is one byte. */
    public static List<ExchangeSizes> sizes(Scenario scenario) {
        return List.of(
                new ExchangeSizes(List.of(STREAM), 1, 1, 1, 1, new Frames(1, 0, 0), TlsBytes.ofPolls(scenario.wire())));
    }

    public static VirtualTime.Consumers held(Scenario scenario, Seeds seeds) {
        return StreamVirtual.consumers(STREAM, scenario, seeds);
    }

    /** With a random part of each gap. */
    public static VirtualTime.Consumers jittered(Scenario scenario, Seeds seeds, long jitterNanos) {
        return StreamVirtual.consumers(STREAM, scenario, seeds, jitterNanos);
    }

    /** With exponential lives of this mean. */
    public static VirtualTime.Consumers held(Scenario scenario, Seeds seeds, double meanSeconds) {
        return StreamVirtual.consumers(
                STREAM, scenario, seeds, 0, number -> new ExponentialLives(scenario, seeds, number, meanSeconds));
    }

    private static final class ExponentialLives extends Lives {
        private final ArrivalTimes ends;
        private long lastNanos;

        ExponentialLives(Scenario scenario, Seeds seeds, int number, double meanSeconds) {
            super(scenario, seeds, number);
            ends = new PoissonArrivals(1 / meanSeconds).times(seeds.generator(Seeds.Purpose.STREAM_LIFE, number));
        }

        @Override
        public long nextNanos() {
            long before = lastNanos;
            lastNanos = ends.nextNanos();
            return lastNanos - before;
        }

        @Override
        public long constantNanos() {
            return 0;
        }
    }
}
