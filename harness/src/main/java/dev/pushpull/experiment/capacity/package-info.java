/**
 * Searches for the highest rate each path carries within a bound: the server under test in one process, its driver in
 * another, this one only says when.
 */
package dev.pushpull.experiment.capacity;
