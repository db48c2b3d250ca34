package dev.pushpull.virtual;

import dev.pushpull.scenario.Held;
import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.surface.ExchangeSizes;
import dev.pushpull.surface.TlsBytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The exchanges of all kinds in virtual time, and their bytes (docs/theory.md section 4). */
public final class WireTally {
    private record Group(ExchangeSizes sizes, List<KindTally> tallies) {
        /** Its kinds differ in nothing but their place. */
        KindTally together() {
            KindTally all = new KindTally(tallies.get(0).kind);
            for (KindTally tally : tallies) {
                all.add(tally);
            }
            return all;
        }
    }

    private final List<Group> groups = new ArrayList<>();

    /** @param sizes of all kinds of exchange */
    public WireTally(List<ExchangeSizes> sizes) {
        for (ExchangeSizes alike : sizes) {
            groups.add(
                    new Group(alike, alike.kinds().stream().map(KindTally::new).toList()));
        }
    }

    /**
     * The exchanges of one kind.
     *
     * @throws IllegalArgumentException when no sizes are declared for this kind
     */
    public KindTally of(Kind kind) {
        for (Group group : groups) {
            for (KindTally tally : group.tallies) {
                if (tally.kind.equals(kind)) {
                    return tally;
                }
            }
        }
        throw new IllegalArgumentException("no sizes of a " + kind.name());
    }

    /** Bytes to the provider: requests of consumers, and answers of consumers. */
    public double bytesToProvider() {
        return bytes(true);
    }

    /** Bytes to the consumers. */
    public double bytesToConsumer() {
        return bytes(false);
    }

    private double bytes(boolean toProvider) {
        double bytes = 0;
        for (Group group : groups) {
            ExchangeSizes sizes = group.sizes;
            KindTally all = group.together();
            if (sizes.toProvider() == toProvider) {
                bytes += sizes.request() * all.reached;
                bytes += sizes.frames().eventAnswer() * all.carried;
                bytes += sizes.frames().heartbeatAnswer() * all.beats;
            } else {
                bytes += sizes.emptyAnswer() * (all.reached - all.filled - all.cutOff - all.unanswered);
                bytes += sizes.fullAnswer() * all.filled;
                bytes += sizes.frames().heartbeat() * all.beats;
            }
            bytes += toProvider ? 0 : sizes.perEvent() * all.carried;
        }
        for (Group group : groups) {
            TlsBytes.Handshake opening = group.sizes.opening();
            bytes += (group.sizes.toProvider() == toProvider ? opening.fromClient() : opening.fromServer())
                    * group.together().opened;
        }
        return bytes;
    }

    /** For every consumer once and more: a stream would take longer than what is counted. */
    private long sum(Predicate<Kind> which, ToLongFunction<KindTally> what) {
        long sum = 0;
        for (Group group : groups) {
            for (KindTally tally : group.tallies) {
                sum += which.test(tally.kind) ? what.applyAsLong(tally) : 0;
            }
        }
        return sum;
    }

    /** Exchanges of every kind. */
    long made() {
        return sum(kind -> true, tally -> tally.made);
    }

    /** Exchanges that one side began. */
    long made(Begins side) {
        return sum(kind -> kind.begins() == side, tally -> tally.made);
    }

    /** Those of them that might have brought nothing. */
    long mayBeEmpty() {
        return sum(Kind::mayBeEmpty, tally -> tally.made);
    }

    /** Those of them that did bring nothing. */
    long empty() {
        return sum(Kind::mayBeEmpty, tally -> tally.made - tally.filled);
    }

    /** Those that last, and what passed over them. */
    Held held() {
        Held held = Held.NONE;
        for (Group group : groups) {
            for (KindTally tally : group.tallies) {
                held = held.plus(tally.held(group.sizes.frames()));
            }
        }
        return held;
    }

    /** Connections opened, where they are modelled. */
    long opened() {
        return sum(kind -> true, tally -> tally.opened);
    }

    /** Moves these counts to a total of the same kinds. */
    void moveTo(WireTally total) {
        for (int i = 0; i < groups.size(); i++) {
            for (int j = 0; j < groups.get(i).tallies.size(); j++) {
                groups.get(i).tallies.get(j).moveTo(total.groups.get(i).tallies.get(j));
            }
        }
    }

    void write(DataOutput out) throws IOException {
        for (Group group : groups) {
            for (KindTally tally : group.tallies) {
                tally.write(out);
            }
        }
    }

    /** Takes the counts that were written of a tally of the same kinds. */
    void read(DataInput in) throws IOException {
        for (Group group : groups) {
            for (KindTally tally : group.tallies) {
                tally.read(in);
            }
        }
    }

    /** Adds the counts of another tally of the same kinds. */
    void add(WireTally other) {
        for (int i = 0; i < groups.size(); i++) {
            for (int j = 0; j < groups.get(i).tallies.size(); j++) {
                groups.get(i).tallies.get(j).add(other.groups.get(i).tallies.get(j));
            }
        }
    }
}
