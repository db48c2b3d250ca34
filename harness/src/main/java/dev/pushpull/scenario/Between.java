package dev.pushpull.scenario;

/** What follows from what lies between consumers and provider: how long messages take, and how long connections last. */
public interface Between {
    /** What clients do by default; servers keep connections longer. */
    long USUALLY_KEPT_NANOS = 45_000_000_000L;

    boolean tls();

    long rttNanos();

    long keepAliveNanos();

    Middlebox behind();

    /** Whether it takes time or bytes to open a connection, or somebody said how long an idle one is kept. */
    default boolean costs() {
        return tls() || rttNanos() > 0 || keepAliveNanos() != Scenario.Wire.AS_USUAL;
    }

    /** Whether a relay passes on the bytes. */
    default boolean relayed() {
        return rttNanos() > 0 || behind().stands();
    }

    /** How long a client keeps an idle connection. */
    default long clientKeepsNanos() {
        return keepAliveNanos() == Scenario.Wire.AS_USUAL ? USUALLY_KEPT_NANOS : keepAliveNanos();
    }

    /** How long an idle connection can be used again: until its client ends it, or what stands there. */
    default long keptNanos() {
        return behind().idleNanos() == 0 ? clientKeepsNanos() : Math.min(clientKeepsNanos(), behind().idleNanos());
    }

    /** The delay one way. */
    default long legNanos() {
        return rttNanos() / 2;
    }

    /** The time to open a connection: a round trip for TCP's handshake and one for that of TLS 1.3. */
    default long setUpNanos() {
        return tls() ? 2 * rttNanos() : rttNanos();
    }
}
