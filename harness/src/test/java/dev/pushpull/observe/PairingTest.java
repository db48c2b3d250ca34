package dev.pushpull.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pushpull.scenario.ObservedPair;
import dev.pushpull.scenario.ObservedPair.Outcome;
import dev.pushpull.standalone.PollEnding;
import dev.pushpull.standalone.Sighting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = 10 * SECOND;
    private static final long GRACE = 5 * SECOND;
    private static final long EPOCH = 1_700_000_000L * SECOND;

    private final List<ObservedPair> written = new ArrayList<>();
    private Pairing pairing = pairing(1_000);
    private long polls;

    private Pairing pairing(int mostWaiting) {
        return new Pairing(new Pairing.Setup(INTERVAL, GRACE, mostWaiting, EPOCH), written::add);
    }

    private void push(String id, double seconds) {
        push(id, "", seconds, OptionalLong.empty());
    }

    private void push(String id, String version, double seconds, OptionalLong source) {
        pairing.pushes().saw(new Sighting(id, version, nanos(seconds), 0, source, false));
    }

    /** A poll that begins now, takes 100 ms and shows these. */
    private void poll(double seconds, boolean whole, String... ids) {
        polls++;
        for (String id : ids) {
            pairing.polls().saw(new Sighting(id, "", nanos(seconds + 0.1), polls, OptionalLong.empty(), false));
        }
        pairing.polls().polled(polls, nanos(seconds), nanos(seconds + 0.1), PollEnding.READ, whole);
    }

    private void failedPoll(double seconds) {
        polls++;
        pairing.polls().polled(polls, nanos(seconds), nanos(seconds + 0.1), PollEnding.FAILED, true);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * SECOND);
    }

    private Map<String, Outcome> ended(double seconds) {
        pairing.end(nanos(seconds));
        Map<String, Outcome> outcomes = new HashMap<>();
        written.forEach(pair -> assertThat(outcomes.put(pair.id() + pair.version(), pair.outcome()))
                .as("%s is written once", pair.id())
                .isNull());
        return outcomes;
    }

    private void begin(String... backlog) {
        poll(0, false, backlog);
        pairing.ready(nanos(1));
    }

    @Test
    void anItemHasTheOutcomeThatBothSidesTogetherShow() {
        begin("old");
        push("early", 3);
        poll(10, false);
        push("both", 25);
        poll(30, false, "both", "polled");
        push("missed", 33);
        poll(40, false);
        poll(80, false, "soon before the end");
        push("last", 84);
        poll(90, false);

        assertThat(ended(91))
                .containsOnly(
                        Map.entry("old", Outcome.BACKLOG),
                        Map.entry("early", Outcome.OPEN),
                        Map.entry("both", Outcome.BOTH),
                        Map.entry("polled", Outcome.POLL_ONLY),
                        Map.entry("missed", Outcome.PUSH_ONLY),
                        Map.entry("soon before the end", Outcome.OPEN),
                        Map.entry("last", Outcome.OPEN));
        ObservedPair both = written.stream()
                .filter(pair -> pair.id().equals("both"))
                .findFirst()
                .orElseThrow();
        assertThat(both.soonerMillis()).hasValue(5_100);
        assertThat(both.pushedNanos()).hasValue(EPOCH + nanos(25));
        assertThat(both.poll()).isEqualTo(3);
    }

    @Test
    void aWholeListWithoutAnItemPushedBeforeItsPollTellsThatTheItemIsGone() {
        begin();
        poll(10, true);
        push("vanished", 31);
        push("during the poll", 40.05);
        poll(40, true);
        push("lagging", 45);
        poll(50, true);
        poll(60, true, "lagging", "during the poll");
        poll(100, true);

        assertThat(ended(200))
                .containsOnly(
                        Map.entry("vanished", Outcome.GONE),
                        Map.entry("during the poll", Outcome.BOTH),
                        Map.entry("lagging", Outcome.BOTH));
    }

    @Test
    void withoutACompletePollAfterAPushNobodyKnowsWhetherPollsMissedIt() {
        begin();
        push("in an outage", 30);
        failedPoll(40);
        failedPoll(100);

        assertThat(ended(300)).containsOnly(Map.entry("in an outage", Outcome.OPEN));
    }

    @Test
    void aPollMayBeSoonerThanItsPush() {
        begin();
        poll(20, false, "a");
        push("a", 55);

        assertThat(ended(100)).containsOnly(Map.entry("a", Outcome.BOTH));
        assertThat(written.get(0).soonerMillis()).hasValue(-34_900);
        assertThat(pairing.observed(nanos(100)).polledFirst()).isOne();
    }

    @Test
    void duplicatesAreCountedInTheRowAndAfterIt() {
        begin();
        push("a", 20);
        push("a", 21);
        poll(30, false, "a");
        push("a", 35);
        push("b", 60); // by now a is decided
        push("a", 61);

        ended(100);
        assertThat(written.get(0).duplicates()).isEqualTo(2);
        assertThat(pairing.observed(nanos(100)).duplicates()).isEqualTo(3);
    }

    @Test
    void anItemWhoseVersionChangesIsAnotherOne() {
        begin();
        push("alert", "firing", 20, OptionalLong.empty());
        push("alert", "resolved", 24, OptionalLong.empty());
        pairing.polls().saw(new Sighting("alert", "resolved", nanos(30.1), 2, OptionalLong.empty(), false));
        pairing.polls().polled(2, nanos(30), nanos(30.1), PollEnding.READ, true);
        poll(40, true);

        assertThat(ended(100))
                .containsOnly(Map.entry("alertfiring", Outcome.GONE), Map.entry("alertresolved", Outcome.BOTH));
    }

    @Test
    void pushesOutOfTheSourcesOrderAreCounted() {
        begin();
        push("a", "", 20, OptionalLong.of(EPOCH + nanos(19)));
        push("c", "", 21, OptionalLong.of(EPOCH + nanos(20.5)));
        push("b", "", 22, OptionalLong.of(EPOCH + nanos(20)));
        push("c", "", 23, OptionalLong.of(EPOCH + nanos(20.5)));

        Observed observed = pairing.observed(nanos(30));
        assertThat(observed.outOfOrder()).isOne();
        assertThat(observed.pushLatency().meanMillis().orElseThrow()).isCloseTo(1_166.7, within(0.1));
    }

    @Test
    void whatAnEarlierRunSawIsNoNews() {
        pairing.known("seen before", "");
        poll(0, false, "seen before", "came meanwhile");
        pairing.ready(nanos(1));
        push("seen before", 20);

        assertThat(ended(100)).containsOnly(Map.entry("came meanwhile", Outcome.BACKLOG));
        assertThat(pairing.observed(nanos(100)).backlogPushed()).isOne();
    }

    @Test
    void whatIsCertainIsWrittenAtOnceAndOnlyTheOldestOfTooManyIsGivenUp() {
        pairing = pairing(10);
        begin();
        for (int i = 0; i < 100; i++) {
            push("p" + i, 20 + 20 * i);
            poll(25 + 20 * i, false);
        }
        assertThat(written).hasSizeBetween(85, 90).allMatch(pair -> pair.outcome() == Outcome.PUSH_ONLY);
        push("p1", 3_000);
        poll(3_005, false, "p0");
        assertThat(pairing.observed(nanos(3_010)).late())
                .as("p0 was polled after all")
                .isOne();
    }

    @Test
    void howMuchSoonerPushesAreHasAnIntervalAroundHalfTheTimeBetweenPolls() {
        begin();
        SplittableRandom random = new SplittableRandom(7);
        double at = 20;
        for (int poll = 2; poll < 2_000; poll++) {
            List<String> ids = new ArrayList<>();
            while (at < 10 * poll) {
                String id = "i" + at;
                push(id, at);
                ids.add(id);
                at -= 8 * Math.log(1 - random.nextDouble());
            }
            poll(10 * poll, false, ids.toArray(String[]::new));
        }
        Observed observed = pairing.observed(nanos(20_000));
        assertThat(observed.soonerMean().orElseThrow().low()).isBetween(4_800.0, 5_100.0);
        assertThat(observed.soonerMean().orElseThrow().high()).isBetween(5_100.0, 5_400.0);
        assertThat(observed.sooner().quantile(0.5).orElseThrow().halfWidth()).isBetween(50.0, 400.0);
        assertThat(observed.pairs()).isEqualTo(observed.sooner().count());
        assertThat(observed.otherIntervals())
                .filteredOn(other -> other.intervalNanos() == INTERVAL)
                .singleElement()
                .satisfies(other -> assertThat(other.waste()).isCloseTo(Math.exp(-10.0 / 8), within(0.05)));
    }
}
