package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What is true of a delivery mode in any run. A mode declares its traits and a run stores them; code that writes about
 * modes uses them, never a mode's name.
 *
 * @param begins the side that begins the exchange that brings an event
 * @param has its other traits
 * @param called its name in a sentence: {@code webhooks}, {@code long polling}
 * @param plural whether that name is a plural
 * @param sentence how it works, for readers who do not know it
 * @param colour its colour among the report's mode colours, 0 to {@link #COLOURS} - 1; another if that one is taken
 */
public record ModeTraits(Begins begins, Set<Trait> has, String called, boolean plural, String sentence, int colour) {
    /** The number of mode colours in a report. */
    public static final int COLOURS = 10;

    /** The mode has not declared its traits. */
    public static final ModeTraits UNDECLARED = new ModeTraits(Begins.CONSUMER, Set.of(), "", false, "", 0);

    /** The side that begins. */
    public enum Begins {
        /** The consumer asks. */
        CONSUMER,
        /** The provider sends. */
        PROVIDER,
        /** The provider sends, and the consumer polls for what did not arrive. */
        BOTH
    }

    /** Traits of some modes. */
    public enum Trait {
        /** An event waits until the consumer's own clock makes it poll. */
        CLOCKED,
        /** Its consumers listen, so others must be able to reach them. */
        LISTENS,
        /** A connection of each consumer is kept busy even while nothing happens. */
        HOLDS_CONNECTIONS,
        /** The provider sends each event over a connection that its consumer holds, without being asked for it. */
        PUSHES,
        /** An answer that brings nothing has no body. */
        BARE_WHEN_EMPTY,
        /**
         * Under Poisson arrivals to separate streams, each poll finds something independently of the others, so
         * Wilson's interval of the wasted ratio is valid.
         */
        INDEPENDENT_POLLS,
        /** Events wait at the provider for each other, so that a latency is more than a leg. */
        GATHERS,
        /** The four common claims are about it. */
        CLAIMED
    }

    public ModeTraits {
        Objects.requireNonNull(begins, "begins");
        Objects.requireNonNull(called, "called");
        Objects.requireNonNull(sentence, "sentence");
        has = ordered(has);
        if (colour < 0 || colour >= COLOURS) {
            throw new IllegalArgumentException("a mode's colour is 0 to " + (COLOURS - 1) + ", not " + colour);
        }
    }

    /** In the order of the enum, so that a run is always written the same way. */
    private static Set<Trait> ordered(Collection<Trait> given) {
        Set<Trait> ordered = EnumSet.noneOf(Trait.class);
        ordered.addAll(given);
        return Collections.unmodifiableSet(ordered);
    }

    /** Whether its consumers poll the provider. */
    @JsonIgnore
    public boolean asks() {
        return begins != Begins.PROVIDER;
    }

    /** Whether the provider sends without being polled. */
    @JsonIgnore
    public boolean sends() {
        return begins != Begins.CONSUMER;
    }

    /** Whether the provider sends an event without being asked for it. */
    @JsonIgnore
    public boolean pushes() {
        return sends() || has(Trait.PUSHES);
    }

    /** Whether it has a trait. */
    public boolean has(Trait trait) {
        return has.contains(trait);
    }

    /** The right one of two words after its name: {@code webhooks need}, {@code polling needs}. */
    public String with(String singular, String manyOfThem) {
        return called + " " + (plural ? manyOfThem : singular);
    }
}
