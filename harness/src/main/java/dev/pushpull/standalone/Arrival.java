package dev.pushpull.standalone;

import java.util.OptionalLong;

/**
 * A new item.
 *
 * @param version empty when there is none
 * @param lateNanos since it occurred, by this host's clock; empty where the item does not say
 * @param occurredEpochNanos when it occurred, as the item says
 */
record Arrival(
        String id, String version, long sinceStartNanos, OptionalLong lateNanos, OptionalLong occurredEpochNanos) {}
