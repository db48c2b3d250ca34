package dev.pushpull.schedule;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;

/** A law for the event times of one stream. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PoissonArrivals.class, name = "poisson"),
    @JsonSubTypes.Type(value = PeriodicArrivals.class, name = "periodic"),
    @JsonSubTypes.Type(value = BurstyArrivals.class, name = "bursty"),
    @JsonSubTypes.Type(value = TraceArrivals.class, name = "trace"),
    @JsonSubTypes.Type(value = WeeklyArrivals.class, name = "weekly")
})
public sealed interface ArrivalProcess
        permits PoissonArrivals, PeriodicArrivals, BurstyArrivals, TraceArrivals, WeeklyArrivals {
    /** Its name for {@code --arrivals} and in the {@code arrivals} column. */
    String kind();

    /** Its name within a sentence. */
    default String called() {
        return kind();
    }

    /** Mean events a second of one stream, above 0. */
    double ratePerSecond();

    /** The mean events a second of one stream within the first so many nanoseconds. */
    default double meanRatePerSecond(long runNanos) {
        return ratePerSecond();
    }

    /** The event times of one stream, drawn only from {@code random}: the same generator state gives the same times. */
    ArrivalTimes times(RandomGenerator random);
}
