/**
 * The contract of a delivery mode, and what modes share: their books, their client of the provider, their closed forms.
 * Each mode has a package of its own below, found by {@code ServiceLoader}: live consumers, the provider's half if it
 * needs its own, virtual time, closed form. A consumer knows its provider only by address, and no mode knows who runs
 * it.
 */
package dev.pushpull.delivery;
