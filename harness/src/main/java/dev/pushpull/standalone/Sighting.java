package dev.pushpull.standalone;

import java.util.OptionalLong;

/**
 * An item as one side saw it.
 *
 * @param id as the other side wrote it, cut to a few hundred characters; must be made safe before printing
 * @param version of the item, such as its state; empty when no version is asked for or the item has none
 * @param atNanos when the side had read it, by {@link dev.pushpull.host.NanoClock#SYSTEM}
 * @param poll the number of the poll that showed it, from 1; 0 when it was pushed
 * @param sourceEpochNanos the time the item itself tells, in nanoseconds since 1970
 * @param repeated whether the same side had shown the same id and version before
 */
public record Sighting(
        String id, String version, long atNanos, long poll, OptionalLong sourceEpochNanos, boolean repeated) {}
