package dev.pushpull.hosts;

import java.util.List;
import java.util.Locale;

/**
 * One part of a run and the host it runs on, as its owner described it.
 *
 * @param host its name in reports and errors
 * @param launcher the words of a command that runs a shell there, with standard input and output; empty for this host
 * @param address the name or address at which other hosts reach it
 * @param bind the address at which it listens
 * @param java the command for Java there
 * @param jar the program there; empty when it is to be brought there
 */
public record HostPart(
        Role role, String host, List<String> launcher, String address, String bind, String java, String jar) {
    /** What a part does. */
    public enum Role {
        /** Has the events, and answers and sends. */
        PROVIDER,
        /** Consumers that ask. */
        POLLER,
        /** Consumers that can be called. */
        RECEIVER;

        /** As people write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** For reports and errors. */
    public String name() {
        return role.word() + " on " + host;
    }

    /** Whether it runs on this host, without a launcher. */
    public boolean isLocal() {
        return launcher.isEmpty();
    }
}
