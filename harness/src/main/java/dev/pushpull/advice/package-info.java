/**
 * Which mode, with which settings, under which constraints: candidates from the modes' own choices, their figures by
 * closed form or in virtual time, the best of them, and where the answer changes. May use the contract of {@code
 * delivery} and the values of {@code scenario}. Never opens a connection, knows a mode by its name, or writes results.
 */
package dev.pushpull.advice;
