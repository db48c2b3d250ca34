package dev.pushpull.trace;

/** Which of day and month comes first in dates of numbers. */
public enum TraceDateOrder {
    DMY,
    MDY
}
