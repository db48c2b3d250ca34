package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Outages;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStripTest {
    @Test
    void followsEveryEventByEachMode() {
        RunRecord run = Runs.ordinary().consumers(2).seconds(10).run();

        EventStrip strip = EventStrip.of(run, Journals.of(run)).orElseThrow();

        assertThat(strip.events().id()).hasSize(20).doesNotHaveDuplicates();
        assertThat(strip.lanes()).extracting(EventStrip.Lane::name).containsExactly("polling", "webhook");
        EventStrip.Lane webhook = strip.lanes().get(1);
        assertThat(webhook.deliveries().event()).hasSize(20);
        assertThat(webhook.attempts().took()).hasSize(20).containsOnly(600L);
        assertThat(webhook.deliveries().received().get(0) - strip.events().at().get(0))
                .isEqualTo(600);
        assertThat(webhook.deliveries().processed().get(0))
                .isEqualTo(webhook.deliveries().received().get(0) + 40);
        assertThat(strip.lanes().get(0).polls().from()).hasSize(40);
        assertThat(strip.sample(run)).isEqualTo("The whole run of all 2 consumers");
    }

    @Test
    void knowsWhenAllConsumersWereDown() {
        RunRecord run = Runs.ordinary()
                .seconds(10)
                .faults(Scenario.Faults.NONE.withOutages(List.of(
                        new Outage(1_000_000_000, 500_000_000),
                        Outage.every(4_000_000_000L, 250_000_000, 10_000_000_000L))))
                .run();

        assertThat(EventStrip.of(run, Journals.of(run)).orElseThrow().outages())
                .containsExactly(
                        new Outages.Band(1e6, 1.5e6), new Outages.Band(4e6, 4.25e6), new Outages.Band(8e6, 8.25e6));
    }

    @Test
    void whatGoesWrongOnPurposeIsSaidInWords() {
        Scenario.Faults faults = new Scenario.Faults(
                List.of(
                        new Outage(10_000_000_000L, 5_000_000_000L),
                        Outage.every(4_000_000_000L, 250_000_000, 10_000_000_000L)),
                0,
                0,
                0.1,
                0.05);
        assertThat(FaultText.of(faults))
                .hasValue(
                        "all consumers down for 5 s from 10 s on; all consumers down for 250 ms after each 4 s, 2 times; "
                                + "10 % of webhook attempts fail; 5 % of the others are answered as if they had");
        assertThat(FaultText.of(Scenario.Faults.NONE)).isEmpty();
    }

    @Test
    void takesTwentyConsumersAtMost() {
        RunRecord run = Runs.ordinary().consumers(50).seconds(5).run();

        EventStrip strip = EventStrip.of(run, Journals.of(run)).orElseThrow();

        assertThat(strip.consumers()).hasSize(20);
        assertThat(strip.events().consumer()).allMatch(consumer -> consumer < 20);
        assertThat(strip.sample(run)).isEqualTo("The whole run of 20 of 50 consumers");
    }

    @Test
    void takesFewerConsumersOfALongRunSoThatItIsThereWhole() {
        RunRecord run = Runs.ordinary().consumers(20).seconds(5).run();

        EventStrip strip = EventStrip.of(run, Journals.of(run, 600)).orElseThrow();

        assertThat(RunJson.text(strip)).hasSizeLessThanOrEqualTo(300_000);
        assertThat(strip.consumers()).hasSizeBetween(1, 10);
        assertThat(strip.spanMicros()).isGreaterThan(599_000_000);
    }

    @Test
    void takesTheBeginningOfARunThatIsTooLongForOneConsumer() {
        RunRecord run = Runs.ordinary().consumers(1).seconds(5).run();

        EventStrip strip = EventStrip.of(run, Journals.of(run, 10_000)).orElseThrow();

        assertThat(RunJson.text(strip)).hasSizeLessThanOrEqualTo(300_000);
        assertThat(strip.sample(run)).startsWith("The first ").endsWith("; the rest is in journal.csv");
    }

    @Test
    void countsTheFirstArrivalOnly() {
        RunRecord run = Runs.ordinary().consumers(1).seconds(1).modes("webhook").run();
        List<JournalStep> journal = new ArrayList<>(Journals.of(run));
        journal.add(
                new JournalStep("webhook", 0, "evt_00000000", 1, Step.RECEIVED, 0, 800_000_000, 800_000_000, 0, ""));

        EventStrip strip = EventStrip.of(run, journal).orElseThrow();

        assertThat(strip.lanes().get(0).deliveries().received()).containsExactly(300_600L);
    }

    @Test
    void keepsAnEventThatNeverArrivedAndSaysWhatWentWrong() {
        RunRecord run = Runs.ordinary().consumers(1).seconds(1).modes("webhook").run();
        List<JournalStep> journal = List.of(
                new JournalStep("webhook", -1, "evt_1", 1, Step.OCCURRED, 0, 1_000, 2_000, 0, "c0"),
                new JournalStep("webhook", 0, "evt_1", 1, Step.ATTEMPT, 1, 3_000, 9_000, 0, "refused"));

        EventStrip strip = EventStrip.of(run, journal).orElseThrow();

        assertThat(strip.events().id()).containsExactly("evt_1");
        assertThat(strip.lanes().get(0).deliveries().event()).isEmpty();
        assertThat(strip.lanes().get(0).attempts().trouble()).containsEntry(0, "refused");
    }

    @Test
    void isNotThereWithoutAJournal() {
        assertThat(EventStrip.of(Runs.ordinary().run(), List.of())).isEmpty();
    }
}
