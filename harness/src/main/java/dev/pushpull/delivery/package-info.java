/**
 * The delivery modes: ways an event gets from the provider to its consumers. Each has a package of its own with its live
 * consumer, its virtual-time form and its closed form, and is found by {@code ServiceLoader}. A consumer knows its
 * provider by address alone.
 */
package dev.pushpull.delivery;
