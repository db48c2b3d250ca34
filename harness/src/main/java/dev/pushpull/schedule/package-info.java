/**
 * When things happen: arrival processes, poll schedules, retry schedules and in-flight limits. Everything here is pure:
 * numbers and a random generator go in, numbers come out; no clock, no thread, no socket, so the live run and virtual
 * time drive the very same objects. Imports nothing else of the project.
 */
package dev.pushpull.schedule;
