/**
 * The engine of virtual time: grids of polls, attempts, legs, faults and tallies, from which a mode builds its virtual
 * form. Uses no sockets and no clock: the same seed gives the same result on any machine.
 */
package dev.pushpull.virtual;
