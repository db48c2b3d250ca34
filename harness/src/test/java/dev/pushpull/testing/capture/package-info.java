/** An independent instrument: tcpdump, and a reader of its files that shares no code with the program. */
package dev.pushpull.testing.capture;
