package dev.pushpull.schedule;

import java.util.random.RandomGenerator;

/** A rule for when a consumer polls, given what its last poll brought. */
public interface PollSchedule {
    /** The schedule of one consumer; its phase is drawn from {@code random}. */
    PollTimes start(RandomGenerator random);

    /** Whether polls stand on a grid: those that cannot be made at their time are never made, instead of later. */
    default boolean onGrid() {
        return false;
    }
}
