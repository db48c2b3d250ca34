/**
 * Other hosts that take part in a run: how they are described, how a part is started there by a launcher, how long it may
 * be silent, and how its clock compares. May use {@code host} and {@code scenario}. Never knows what a part does, and
 * manages no cluster: placing and queueing belong to whoever the launcher calls.
 */
package dev.pushpull.hosts;
