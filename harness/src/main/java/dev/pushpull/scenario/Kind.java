package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.pushpull.scenario.ModeTraits.Begins;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A kind of exchange between a consumer and its provider: a poll, a webhook attempt, a stream. A mode declares its
 * kinds. Every count, account and sum is kept by kind, and code that adds them up need not know which kinds exist.
 *
 * @param name for people, in the singular: {@code poll}
 * @param plural {@code polls}
 * @param begins the side that begins it: consumer or provider
 * @param has its other traits
 */
public record Kind(String name, String plural, Begins begins, Set<Trait> has) {
    /** Traits of some kinds. */
    public enum Trait {
        /** It may bring nothing, and then it was wasted; how late it begins is recorded. */
        MAY_BE_EMPTY,
        /** It prepares for the run: it counts in the books but in no figure. */
        SETS_UP,
        /** It lasts as long as both sides keep it, so its length is not a round trip. */
        LASTS
    }

    public Kind {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(plural, "plural");
        if (begins == Begins.BOTH) {
            throw new IllegalArgumentException("one side begins a " + name + ", not both");
        }
        Set<Trait> ordered = EnumSet.noneOf(Trait.class);
        ordered.addAll(has);
        has = Collections.unmodifiableSet(ordered);
    }

    /** A kind without any trait. */
    public Kind(String name, String plural, Begins begins) {
        this(name, plural, begins, Set.of());
    }

    @JsonIgnore
    public boolean mayBeEmpty() {
        return has.contains(Trait.MAY_BE_EMPTY);
    }

    @JsonIgnore
    public boolean setsUp() {
        return has.contains(Trait.SETS_UP);
    }

    @JsonIgnore
    public boolean lasts() {
        return has.contains(Trait.LASTS);
    }

    /** Whether the consumer begins it. */
    @JsonIgnore
    public boolean toProvider() {
        return begins == Begins.CONSUMER;
    }
}
