package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What holds for a delivery mode whatever a run of it shows. A mode declares it, a run stores it, and whoever writes of
 * modes asks it, never a mode's name.
 *
 * @param begins who begins the exchange that brings an event
 * @param has what else is so
 * @param called how a sentence calls it: {@code webhooks}, {@code long polling}
 * @param plural whether that is a plural
 * @param sentence how it works, for whoever has not met it
 * @param colour which of the report's mode colours it has, 0 to {@link #COLOURS} - 1; another where that one is taken
 */
public record ModeTraits(Begins begins, Set<Trait> has, String called, boolean plural, String sentence, int colour) {
    /** How many mode colours a report has. */
    public static final int COLOURS = 8;

    /** Nobody has said anything yet. */
    public static final ModeTraits UNDECLARED = new ModeTraits(Begins.CONSUMER, Set.of(), "", false, "", 0);

    /** Who begins. */
    public enum Begins {
        /** The consumer asks. */
        CONSUMER,
        /** The provider sends. */
        PROVIDER,
        /** The provider sends, and the consumer asks for what did not arrive. */
        BOTH
    }

    /** What is so of some modes. */
    public enum Trait {
        /** An event waits until the consumer's own clock has it ask. */
        CLOCKED,
        /** Its consumers listen, so others must be able to reach them. */
        LISTENS,
        /** A connection of each consumer is kept busy while nothing happens. */
        HOLDS_CONNECTIONS,
        /** An answer that brings nothing has no body. */
        BARE_WHEN_EMPTY,
        /**
         * Under Poisson arrivals to streams of their own each poll finds something independently of the others, so
         * Wilson's interval of the wasted ratio holds.
         */
        INDEPENDENT_POLLS,
        /** The four common claims speak of it. */
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

    /** In the order of the enum, so that a run is written the same each time. */
    private static Set<Trait> ordered(Collection<Trait> given) {
        Set<Trait> ordered = EnumSet.noneOf(Trait.class);
        ordered.addAll(given);
        return Collections.unmodifiableSet(ordered);
    }

    /** Whether its consumers ask the provider. */
    @JsonIgnore
    public boolean asks() {
        return begins != Begins.PROVIDER;
    }

    /** Whether the provider sends without being asked. */
    @JsonIgnore
    public boolean sends() {
        return begins != Begins.CONSUMER;
    }

    /** Whether it has a trait. */
    public boolean has(Trait trait) {
        return has.contains(trait);
    }

    /** The one word after its name or the other: {@code webhooks need}, {@code polling needs}. */
    public String with(String singular, String manyOfThem) {
        return called + " " + (plural ? manyOfThem : singular);
    }
}
