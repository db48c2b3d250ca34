package dev.pushpull.report.run;

import dev.pushpull.report.shared.Decimals;
import dev.pushpull.report.shared.Fact;
import dev.pushpull.report.shared.QuestionFacts;
import dev.pushpull.report.shared.SenderText;
import dev.pushpull.report.shared.Sentences;
import dev.pushpull.report.shared.Simulated;
import dev.pushpull.report.shared.WireText;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import java.util.List;

/** The question of a run and what was found out before it, as names and values, in the units of the rest of the page. */
final class ScenarioFacts {
    private ScenarioFacts() {}

    static List<Fact> of(RunRecord run) {
        Scenario scenario = run.scenario();
        List<Fact> facts = QuestionFacts.of(scenario);
        facts.add(new Fact(
                Simulated.named(run, "Measured", "Simulated"),
                (run.trials() > 1 ? Decimals.count(run.trials()) + " trials of " : "")
                        + Decimals.span(run.measuredNanos())
                        + Simulated.delay(run)));
        facts.add(new Fact("Seed", String.valueOf(scenario.run().seed())));
        if (scenario.wire().modelled()) {
            facts.add(new Fact("Wire", WireText.appended(scenario.wire()).substring(2)));
        }
        FaultText.of(scenario.faults()).ifPresent(text -> facts.add(new Fact("Faults", text)));
        SenderText.of(run).ifPresent(sender -> facts.add(new Fact("Webhooks sent by", sender)));
        scenario.modeOptions().forEach((flag, value) -> facts.add(new Fact(flag, value)));
        run.findings().forEach(finding -> facts.add(new Fact(Sentences.capital(finding.name()), finding.text())));
        return facts;
    }
}
