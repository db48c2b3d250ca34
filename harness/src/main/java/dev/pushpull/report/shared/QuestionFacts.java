package dev.pushpull.report.shared;

import dev.pushpull.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;

/** The question, asked of a run or of the formulas, as names and values, in the units of the rest of the page. */
public final class QuestionFacts {
    private QuestionFacts() {}

    /** To be continued by the caller. */
    public static List<Fact> of(Scenario scenario) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Events",
                scenario.events().arrivals().called() + " at "
                        + scenario.events().readableRate() + " a stream, type "
                        + scenario.events().type()));
        facts.add(new Fact(
                "Consumers",
                Decimals.count(scenario.events().consumers())
                        + (scenario.events().streams() == Scenario.Streams.SHARED
                                ? ", one shared stream"
                                : ", a stream each")));
        facts.add(
                new Fact("Poll interval T", Decimals.duration(scenario.polling().intervalNanos())));
        facts.add(new Fact("Load factor λT", Decimals.setting(scenario.loadFactor()) + " events an interval"));
        facts.add(new Fact(
                "Payload",
                FigureText.value("bytes_per_delivery", scenario.events().payloadBytes())));
        return facts;
    }
}
