package dev.pushpull.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What two runs wrote down gives the same outcomes as one observation of the same system. */
class StoredSidesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = 10 * SECOND;
    private static final long GRACE = 5 * SECOND;
    private static final int POLLS = 200;

    private final List<Sighting> pushed = new ArrayList<>();
    private final List<Sighting> polled = new ArrayList<>();
    private final List<StoredSides.Poll> polls = new ArrayList<>();
    private final long end = (POLLS + 1) * INTERVAL;

    /** What happens, in the order of time: pushes of numbered items, and polls that show those which are listed then. */
    private Map<String, Outcome> live(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ObservedPair> written = new ArrayList<>();
        Pairing pairing = new Pairing(new Pairing.Setup(INTERVAL, GRACE, Integer.MAX_VALUE, 0), written::add);
        Set<String> listed = new HashSet<>(Set.of("before"));
        Set<String> shown = new HashSet<>();
        int item = 0;
        for (int poll = 1; poll <= POLLS; poll++) {
            long began = poll * INTERVAL;
            boolean read = poll == 1 || random.nextInt(8) > 0;
            boolean whole = random.nextInt(6) > 0;
            if (read) {
                for (String id : listed) {
                    if (shown.add(id)) {
                        Sighting sighting = new Sighting(id, "", began + 5, poll, OptionalLong.empty(), false);
                        polled.add(sighting);
                        pairing.polls().saw(sighting);
                    }
                }
            }
            polls.add(new StoredSides.Poll(poll, began, began + 9, read, read && whole));
            pairing.polls().polled(poll, began, began + 9, read ? PollEnding.READ : PollEnding.FAILED, read && whole);
            if (poll == 1) {
                pairing.ready(began + 10);
            }
            int pushes = random.nextInt(4);
            for (int i = 0; i < pushes; i++) {
                String id = "i" + item++;
                long at = began + SECOND + i * SECOND;
                if (random.nextInt(5) > 0) {
                    Sighting sighting = new Sighting(id, "", at, 0, OptionalLong.empty(), false);
                    pushed.add(sighting);
                    pairing.pushes().saw(sighting);
                }
                if (random.nextInt(4) > 0) {
                    listed.add(id);
                }
            }
            listed.removeIf(id -> random.nextInt(3) == 0); // some vanish before a poll
        }
        pairing.end(end);
        return outcomes(written);
    }

    private static Map<String, Outcome> outcomes(List<ObservedPair> written) {
        return written.stream()
                .sorted(Comparator.comparing(ObservedPair::id))
                .collect(Collectors.toMap(ObservedPair::id, ObservedPair::outcome, (a, b) -> a, TreeMap::new));
    }

    private Map<String, Outcome> afterwards(List<StoredSides.Poll> known) {
        List<ObservedPair> written = new ArrayList<>();
        StoredSides stored =
                new StoredSides(polled, pushed, known, POLLS, true, INTERVAL, INTERVAL, end, INTERVAL + 10, end);
        assertThat(stored.tellsAllPolls()).isEqualTo(known.size() == POLLS);
        stored.tell(new Pairing(new Pairing.Setup(INTERVAL, GRACE, Integer.MAX_VALUE, 0), written::add));
        return outcomes(written);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theOutcomesAreThoseOfALiveObservation(long seed) {
        Map<String, Outcome> live = live(seed);
        assertThat(live).containsValues(Outcome.BOTH, Outcome.GONE, Outcome.PUSH_ONLY, Outcome.POLL_ONLY);
        assertThat(afterwards(polls)).isEqualTo(live);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void whatPollsThatNobodyWroteDownDidNotShowIsNotCalledGone(int known) {
        Map<String, Outcome> live = live(1);
        Map<String, Outcome> stored = afterwards(polls.subList(0, known));
        assertThat(stored.keySet()).isEqualTo(live.keySet());
        long after = (known + 1) * INTERVAL;
        pushed.stream()
                .filter(push -> push.atNanos() > after)
                .forEach(push -> assertThat(stored.get(push.id()))
                        .isNotEqualTo(Outcome.GONE)
                        .isEqualTo(live.get(push.id()) == Outcome.GONE ? Outcome.PUSH_ONLY : live.get(push.id())));
    }
}
