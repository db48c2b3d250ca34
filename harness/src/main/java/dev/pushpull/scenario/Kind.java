package dev.pushpull.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.pushpull.scenario.ModeTraits.Begins;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * A kind of exchange between a consumer and its provider: a poll, a webhook attempt, a stream. A mode declares its kinds;
 * every count, account and sum is kept by kind, and nobody who adds them up knows which there are.
 *
 * @param name for readers, in the singular: {@code poll}
 * @param plural {@code polls}
 * @param begins who begins it: the consumer or the provider
 * @param has what else is so of it
 */
public record Kind(String name, String plural, Begins begins, Set<Trait> has) {
    /** What is so of some kinds. */
    public enum Trait {
        /** It may bring nothing, and was in vain then; how late it begins is recorded. */
        MAY_BE_EMPTY,
        /** It prepares for the run: it is in the books, and in no figure. */
        SETS_UP,
        /** It lasts for as long as both sides keep it, so its length is no round trip. */
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
