/** An instrument that is not ours: tcpdump, and a reader of what it wrote that shares no code with the program. */
package dev.pushpull.testing.capture;
