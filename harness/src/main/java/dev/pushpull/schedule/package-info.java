/**
 * When things happen: arrivals, polls, retries, quotas and limits in flight. May use nothing else of the project:
 * numbers and a random generator go in, numbers come out. Never reads a clock, starts a thread or opens a socket, so
 * that the live run and virtual time use the same objects.
 */
package dev.pushpull.schedule;
