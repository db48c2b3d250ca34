package dev.pushpull.schedule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;

/** A law for the times at which the events of one stream occur. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PoissonArrivals.class, name = "poisson"),
    @JsonSubTypes.Type(value = PeriodicArrivals.class, name = "periodic"),
    @JsonSubTypes.Type(value = BurstyArrivals.class, name = "bursty"),
    @JsonSubTypes.Type(value = TraceArrivals.class, name = "trace")
})
public sealed interface ArrivalProcess permits PoissonArrivals, PeriodicArrivals, BurstyArrivals, TraceArrivals {
    /** What {@code --arrivals} takes and the {@code arrivals} column shows. */
    String kind();

    /** Mean events a second of one stream, above 0. */
    double ratePerSecond();

    /** The event times of one stream, drawn from {@code random} alone: the same generator state gives the same times. */
    ArrivalTimes times(RandomGenerator random);
}
