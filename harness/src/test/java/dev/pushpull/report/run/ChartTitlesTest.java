package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Simulation;
import dev.pushpull.experiment.run.RunListener;
import dev.pushpull.host.Interruption;
import dev.pushpull.report.shared.Downloads;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.JournalStep;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PeriodicArrivals;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.testing.ScenarioDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The title of every chart is true of the data that its chart draws, whatever the seed. */
@Tag("study")
class ChartTitlesTest {
    private static final int SEEDS = 10;

    /** Six questions with different answers. */
    enum Asked {
        ORDINARY(ScenarioDraft.poisson(1, 60).interval(0.5).consumers(10).legs(0.003, 0.0002)),
        WITHOUT_A_NETWORK(ScenarioDraft.poisson(1, 60).interval(0.5).consumers(10)),
        BUSY(ScenarioDraft.poisson(8, 20).interval(0.5).consumers(5).legs(0.02, 0.05)),
        QUIET(ScenarioDraft.poisson(0.05, 600).interval(2).consumers(10).legs(0.003, 0.001)),
        FAILING(ScenarioDraft.of(new PeriodicArrivals(2), 1)
                .duration(60)
                .consumers(10)
                .legs(0.003, 0.001)
                .retries(0, 0, 3)
                .failureRate(0.3)),
        SHARED_AND_CUT_OFF(ScenarioDraft.of(new PoissonArrivals(2), 1)
                .duration(60)
                .consumers(10)
                .shared()
                .outage(20, 5));

        private final ScenarioDraft draft;

        Asked(ScenarioDraft draft) {
            this.draft = draft;
        }

        RunRecord run(long seed) throws InterruptedException {
            Scenario scenario = draft.scenario()
                    .with(change -> change.run(new Scenario.Run(
                            DeliveryModes.all().stream()
                                    .map(mode -> mode.name())
                                    .toList(),
                            draft.scenario().run().durationNanos(),
                            5_000_000_000L,
                            seed,
                            false)));
            return new RunRecord(
                    RunRecord.SCHEMA_VERSION,
                    "a-simulation",
                    "simulate",
                    List.of("pushpull", "simulate"),
                    "2026-11-23T13:52:22Z",
                    scenario.run().durationNanos(),
                    scenario,
                    new Simulation().run(scenario, DeliveryModes.all(), 1, new Interruption(), RunListener.NONE),
                    RunRecord.Noise.none(),
                    Map.of(),
                    false,
                    List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void areTrueOfWhatIsDrawn(Asked asked) throws Exception {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RunRecord run = asked.run(seed);
            Drawn drawn = new Drawn(run, data(run, List.of()));
            ChartTitles titles = ChartTitles.of(run, charts(run, List.of()));
            ChartTexts texts = ChartTexts.of(run);

            drawn.assertPercentiles(titles.percentiles());
            drawn.assertShares(titles.shares());
            assertThat(titles.requests()).as("no seconds, no chart").isEmpty();
            drawn.assertWaste(texts.wasteFinding());
            drawn.assertLoad(texts.requestsFinding());
        }
    }

    @Test
    void addUpTheRequestsOfEverySecond() throws Exception {
        for (int interval = 300; interval < 1_300; interval += 200) {
            RunRecord run = Runs.ordinary()
                    .intervalMillis(interval)
                    .modes("polling", "webhook", "long-polling", "hybrid")
                    .seconds(interval == 500 ? 130 : 20)
                    .run();
            Drawn drawn = new Drawn(run, data(run, List.of()));

            drawn.assertRequests(ChartTitles.of(run, charts(run, List.of())).requests());
            drawn.assertTimelines();
        }
    }

    @Test
    void tellWhoAsksInVainAndHowLongAnEventWaits() throws Exception {
        for (int interval = 300; interval < 1_300; interval += 200) {
            RunRecord run = Runs.ordinary().intervalMillis(interval).run();
            List<JournalStep> journal = Journals.of(run);
            JsonNode strip = data(run, journal).path("strip");
            String title = ChartTitles.of(run, charts(run, journal)).strip();

            JsonNode polling = strip.path("lanes").path(0);
            JsonNode polls = polling.path("polls").path("number");
            long empty = 0;
            for (JsonNode number : polls) {
                empty += number.asInt() == 0 ? 1 : 0;
            }
            assertThat(title)
                    .startsWith("Polling asked %,d times, %,d times for nothing; an event waited "
                            .formatted(polls.size(), empty))
                    .contains("waited 600 µs for webhooks, ")
                    .endsWith(" ms for polling on average");
            double millis = Double.parseDouble(title.replaceAll(".*webhooks, (\\d+(?:\\.\\d+)?) ms for.*", "$1"));
            double sum = 0;
            JsonNode deliveries = polling.path("deliveries");
            for (int i = 0; i < deliveries.path("event").size(); i++) {
                sum += deliveries.path("received").path(i).asDouble()
                        - strip.path("events")
                                .path("at")
                                .path(deliveries.path("event").path(i).asInt())
                                .asDouble();
            }
            assertThat(millis).isCloseTo(sum / deliveries.path("event").size() / 1e3, Drawn.SHOWN);
        }
    }

    @Test
    void countNoPollOfTheDrain() throws Exception {
        RunRecord run = Runs.ordinary().run();
        List<JournalStep> journal = new ArrayList<>(Journals.of(run));
        String title = ChartTitles.of(run, charts(run, journal)).strip();
        long after = run.measuredNanos() + 1_000_000;
        journal.add(new JournalStep("polling", 0, "", 0, JournalStep.Step.POLL, 0, after, after + 1_000_000, 200, ""));

        assertThat(ChartTitles.of(run, charts(run, journal)).strip()).isEqualTo(title);
    }

    @Test
    void nameTheModesWhoseLatenciesChanged() {
        RunRecord run = Runs.ordinary().stillWarming().run();

        assertThat(ChartTitles.of(run, charts(run, List.of())).courses())
                .isEqualTo("Over the measured time delays fell for polling and webhook");
    }

    @Test
    void sayAsMuchAboutASingleMode() {
        RunRecord run = Runs.ordinary().modes("polling").run();
        ChartTitles titles = ChartTitles.of(run, charts(run, List.of()));

        assertThat(titles.percentiles()).matches("99 % of the events arrive within 49\\d ms by polling");
        assertThat(titles.shares()).matches("Half of the events are there within 2\\d\\d ms by polling");
        assertThat(titles.requests()).isEqualTo("Polling made 1,200 requests, 728 of them empty");
    }

    @Test
    void speakOfDeliveredEventsWhereSomeAreMissing() {
        RunRecord run = Runs.ordinary().webhooksMissed(7).run();

        assertThat(ChartTitles.of(run, charts(run, List.of())).percentiles()).contains("of the delivered events");
    }

    @Test
    void rankNoModesByDigitsThatAreNotShown() {
        RunRecord run = Runs.ordinary().modes("polling").but(same -> same).run();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("polling", 1.0001);

        List<Alike> groups = Alike.ranked(
                List.of(run.outcomes().get(0), run.outcomes().get(0)),
                outcome -> figures.get(outcome.mode()),
                v -> "1");

        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).with("needs", "need")).isEqualTo("polling and polling need");
    }

    private static ChartData charts(RunRecord run, List<JournalStep> journal) {
        return ChartData.of(run, journal, Downloads.of(Map.of()));
    }

    private static JsonNode data(RunRecord run, List<JournalStep> journal) throws Exception {
        return new ObjectMapper().readTree(RunJson.text(charts(run, journal)));
    }
}
