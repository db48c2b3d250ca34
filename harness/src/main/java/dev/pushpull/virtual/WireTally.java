package dev.pushpull.virtual;

import dev.pushpull.scenario.Kind;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.surface.ExchangeSizes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** The exchanges of all kinds in virtual time, and their bytes (docs/theory.md section 4). */
public final class WireTally {
    private record Group(ExchangeSizes sizes, List<KindTally> tallies) {
        long sum(ToLongFunction<KindTally> what) {
            return tallies.stream().mapToLong(what).sum();
        }

        double requests() {
            return sizes.request() * sum(tally -> tally.reached);
        }

        double emptyAnswers() {
            return sizes.emptyAnswer() * (sum(tally -> tally.reached) - sum(tally -> tally.filled));
        }

        double fullAnswers() {
            return sizes.fullAnswer() * sum(tally -> tally.filled);
        }

        double events() {
            return sizes.perEvent() * sum(tally -> tally.carried);
        }

        long opened() {
            return sum(tally -> tally.opened);
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
            if (group.sizes.toProvider() == toProvider) {
                bytes += group.requests();
            } else {
                bytes += group.emptyAnswers();
                bytes += group.fullAnswers();
                bytes += group.events();
            }
        }
        for (Group group : groups) {
            bytes += (group.sizes.toProvider() == toProvider
                            ? group.sizes.opening().fromClient()
                            : group.sizes.opening().fromServer())
                    * group.opened();
        }
        return bytes;
    }

    private long sum(Predicate<Kind> which, ToLongFunction<KindTally> what) {
        return groups.stream()
                .flatMap(group -> group.tallies.stream())
                .filter(tally -> which.test(tally.kind))
                .mapToLong(what)
                .sum();
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

    /** Adds the counts of another tally of the same kinds. */
    void add(WireTally other) {
        for (int i = 0; i < groups.size(); i++) {
            for (int j = 0; j < groups.get(i).tallies.size(); j++) {
                groups.get(i).tallies.get(j).add(other.groups.get(i).tallies.get(j));
            }
        }
    }
}
