package dev.pushpull.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.host.CpuMeter;
import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.ModeTraits.Begins;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.logging.LogType;

/** A run as those see it who watch. */
class WatchInBrowserTest extends Browser {
    private static final long MILLISECOND = 1_000_000;

    /** Looking costs nothing, so a watch looks as often as it ever does. */
    private static final CpuMeter.Clocks FREE = new CpuMeter.Clocks() {
        @Override
        public long thisThreadNanos() {
            return 0;
        }

        @Override
        public long threadNanos(long id) {
            return 0;
        }

        @Override
        public long processNanos() {
            return System.nanoTime();
        }
    };

    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private Tail polls;
    private Tail pushes;
    private Tail lines;
    private Watch watch;

    private void watch(Optional<Controls> controls) {
        watch(Watch.Things.EVENTS, controls);
    }

    private void opens(Watch.Things things, Optional<Controls> controls) {
        watch = new Watch("Compared live: a, b, c", things, controls, FREE);
        driver().get("about:blank");
        driver().manage().logs().get(LogType.BROWSER);
        driver().get(watch.address().toString());
    }

    private void watch(Watch.Things things, Optional<Controls> controls) {
        polls = new Tail(1);
        pushes = new Tail(1);
        lines = new Tail(1);
        opens(things, controls);
        watch.begins(
                List.of(
                        new Lanes(polls).lane("asking"),
                        new Lanes(pushes).lane("sending", Begins.PROVIDER, Set.of()),
                        new Lanes(lines)
                                .lane("holding", Begins.CONSUMER, Set.of(Trait.PUSHES, Trait.HOLDS_CONNECTIONS))),
                () -> 3 * MILLISECOND);
        lines.add(new Happened(Step.HELD, 0, "", 0, 0, now(), Long.MIN_VALUE, 0, ""));
        await("window.pushpull && pushpull.watch && pushpull.watch.lanes().length === 3");
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private static long now() {
        return System.nanoTime();
    }

    /** An event that is rung for, come over a line, and found by the second poll. */
    private void happens(long sequence) {
        long at = now();
        for (Tail tail : List.of(polls, pushes, lines)) {
            tail.add(new Happened(Step.OCCURRED, -1, "c0", sequence, 0, at, at, 0, "c0"));
        }
        polls.add(new Happened(Step.POLL, 0, "", 0, 0, at - 9 * MILLISECOND, at - 8 * MILLISECOND, 200, ""));
        pushes.add(new Happened(Step.ATTEMPT, 0, "c0", sequence, 1, at, at + MILLISECOND, 0, "connection refused"));
        pushes.add(
                new Happened(Step.ATTEMPT, 0, "c0", sequence, 2, at + 2 * MILLISECOND, at + 3 * MILLISECOND, 204, ""));
        polls.add(new Happened(Step.POLL, 0, "", 0, 1, at + 4 * MILLISECOND, at + 6 * MILLISECOND, 200, ""));
        for (Tail tail : List.of(pushes, lines, polls)) {
            long got = at + (tail == polls ? 6 : 2) * MILLISECOND;
            tail.add(new Happened(Step.RECEIVED, 0, "c0", sequence, 0, got, got, 0, ""));
            tail.delivered(got - at);
        }
    }

    private static String drawn(int lane, int steps) {
        return "(s => s.length === %d && s.every(one => one.drawn))(pushpull.watch.lanes()[%d].steps)"
                .formatted(steps, lane);
    }

    private void assertSilent() {
        assertThat(driver().manage().logs().get(LogType.BROWSER).getAll().stream()
                        .filter(entry -> !entry.getMessage().contains("willReadFrequently"))) // by the tests
                .as("console")
                .isEmpty();
    }

    @Test
    void everyStepIsDrawnAndEveryCountShown() {
        watch(Optional.empty());
        happens(1);
        happens(2);

        await(drawn(0, 8) + " && " + drawn(1, 8) + " && " + drawn(2, 5));
        assertThat(paintedPixels(find(".lane canvas"))).isGreaterThan(500);
        assertThat(find("#counted tr").getText().replaceAll("\\s+", " ")).startsWith("asking 4 1 3 2");
        await("document.getElementById('counted').innerText.includes('500 ms')"); // what theory expects
        await("document.getElementById('pause').textContent === '3 ms'");
        assertThat(paintedPixels(find("#curves"))).isGreaterThan(500);
        assertSilent();
    }

    @Test
    void afterACutItComesBackAndKnowsEverythingAgain() {
        watch(Optional.empty());
        happens(1);
        await(drawn(0, 4));
        watch.hangUp();
        happens(2);

        await(drawn(0, 8) + " && " + drawn(1, 8));
        assertThat(find("#trouble").isDisplayed()).isFalse();
    }

    @Test
    void theLastEventIsExplainedStepByStepWithTheKeyboard() {
        watch(Optional.empty());
        happens(1);
        await(drawn(0, 4));
        find("#freeze").sendKeys(Keys.ENTER);
        assertThat(all("#told-steps li")).hasSize(1);
        for (int i = 0; find("#next").isEnabled(); i++) {
            assertThat(i).isLessThan(20);
            assertThat(script("return document.activeElement.id")).isEqualTo("next");
            driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        }

        assertThat(find("#told-steps").getText().lines())
                .anyMatch(line ->
                        line.contains("asking: it had looked into its mailbox 9 ms before the event: too early"))
                .anyMatch(line -> line.contains("asking: it looks again 4 ms after the event, and finds it"))
                .anyMatch(line -> line.contains("asking: the event is there, 6 ms late"))
                .anyMatch(line -> line.contains("sending: the provider rings 0 ms after the event; nobody answers"))
                .anyMatch(line -> line.contains("for the 2. time; the door opens within 1 ms"))
                .anyMatch(line -> line.contains("holding: it comes over the open line at once"));
        find("body").sendKeys(Keys.ESCAPE);
        assertThat(find("#explained").isDisplayed()).isFalse();
    }

    @Test
    void itCanBeReadByEveryoneEverywhere() {
        watch(Optional.empty());
        happens(1);
        await(drawn(0, 4));

        assertReadableEverywhere();
        find("#theme").click();
        assertAccessible();
        assertSilent();
    }

    /** Four push within a millisecond, and three poll every second: where those are, curves all but coincide. */
    @Test
    void tenCurvesHaveTheirNamesInTheClear() {
        Map<String, Double> within = new LinkedHashMap<>(); // half of the events, in milliseconds
        within.put("polling", 500.0);
        within.put("conditional-polling", 503.0);
        within.put("adaptive-polling", 4_000.0);
        within.put("long-polling", 0.9);
        within.put("sse", 0.2);
        within.put("websocket", 0.21);
        within.put("webhook", 0.3);
        within.put("hybrid", 0.31);
        within.put("thin-webhook", 0.6);
        within.put("batched-webhook", 100.0);
        SplittableRandom random = new SplittableRandom(1);
        opens(Watch.Things.EVENTS, Optional.empty());
        watch.begins(
                within.entrySet().stream()
                        .map(mode -> {
                            Tail tail = new Tail(1);
                            for (int i = 0; i < 300; i++) {
                                tail.delivered((long) (2 * MILLISECOND * mode.getValue() * random.nextDouble()));
                            }
                            return new Lanes(tail).lane(mode.getKey());
                        })
                        .toList(),
                () -> 0);
        await("window.pushpull && pushpull.watch && pushpull.watch.lanes().length === 10");

        for (int width : new int[] {1280, 375}) {
            for (String scheme : List.of("light", "dark")) {
                prefer("prefers-color-scheme", scheme);
                window(width, 900);
                await("document.getElementById('curves').width === document.getElementById('curves').clientWidth");
                assertChartTextsReadable();
                assertThat(within.keySet()).as("names at %s px", width).allMatch(name -> (Boolean) script(
                        "return document.getElementById('curves').texts.some(one => one.text === arguments[0])", name));
            }
        }
        assertSilent();
    }

    @Test
    void aDemonstrationIsInLargeTypeAndItsSlidersAct() {
        watch(Optional.of(new Controls() {
            @Override
            public Map<String, Object> settings() {
                return Map.of(
                        "rate", 0.5, "interval", 2.0, "modes", List.of("a", "b"), "all_modes", List.of("a", "b", "c"));
            }

            @Override
            public void change(Map<String, String> to) {
                asked.add(to);
            }
        }));
        happens(1);
        await("document.getElementById('mode-1').value === 'b'");
        assertChartTextsReadable();
        assertThat(find("#rate-said").getText()).isEqualTo("for each consumer: one in 2 s");
        assertReadableEverywhere();
        assertThat((Boolean) script("return parseFloat(getComputedStyle(document.body).fontSize) > 20"))
                .isTrue();

        find("#rate").sendKeys(Keys.END);
        find("#interval").sendKeys(Keys.HOME);
        find("#outage").click();
        script("const s = document.getElementById('mode-1'); s.value = 'c'; s.dispatchEvent(new Event('change'))");
        dev.pushpull.testing.Eventually.eventually("all are asked for", () -> asked.size() >= 4);
        assertThat(asked)
                .contains(
                        Map.of("rate", "10"), Map.of("interval", "0.2"), Map.of("outage", "1"), Map.of("modes", "a,c"));
    }

    /** Three hours' steps at once: what a page keeps of them does not depend on how many there were. */
    @Test
    void anHourDoesNotMakeThePageGrow() {
        watch(Optional.empty());
        happens(1);
        await(drawn(0, 4));
        long elements = (Long) script("return document.querySelectorAll('*').length");
        for (int second = 0; second < 3 * 3600; second++) {
            happens(2 + second);
        }
        await("pushpull.watch.lanes()[0].steps.length >= 4000");

        assertThat(script("return document.querySelectorAll('*').length")).isEqualTo(elements);
        assertThat((Long) script(
                        "return Math.max(...pushpull.watch.lanes().map(l => Math.max(l.steps.length, l.events.size)))"))
                .isLessThanOrEqualTo(5000);
        assertThat((Long) script("return Math.max(...pushpull.watch.lanes().map(l => l.early.length))"))
                .isLessThanOrEqualTo(100);
    }

    @Test
    void theReportComesInThePlaceOfTheRun() {
        watch(Optional.empty());
        watch.report("<!DOCTYPE html><title>the report</title><h1>Found</h1>".getBytes(StandardCharsets.UTF_8));

        await("document.title === 'the report'");
        assertThat(driver().getCurrentUrl()).isEqualTo(watch.address() + "report");
    }

    @Test
    void withoutAReportItSaysThatTheRunIsOver() {
        watch(Optional.empty());
        happens(1);
        await(drawn(0, 4));
        watch.close();

        await("document.getElementById('trouble').textContent.startsWith('The run is over')");
    }
}
