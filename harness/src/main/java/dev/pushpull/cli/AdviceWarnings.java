package dev.pushpull.cli;

import dev.pushpull.advice.Question;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** What a reader of a piece of advice has to know besides. */
final class AdviceWarnings {
    private AdviceWarnings() {}

    /** @param endpoints those that were given; the figures are those of one that answers at once */
    static List<String> of(Question question, Endpoints endpoints, CommandSpec spec) {
        List<String> warnings = new ArrayList<>();
        Scenario scenario = question.scenario();
        if (scenario.network().equals(Scenario.Network.NONE) && !scenario.wire().modelled()) {
            warnings.add("legs are taken as 0; give --poll-leg and --webhook-leg, or --calibrate with a live run");
        }
        if (!endpoints.alike()) {
            warnings.add(
                    "figures of modes are those of an endpoint that answers at once; %s and %s change what the provider sends"
                            .formatted(EndpointFlags.SLOW, EndpointFlags.DEAD));
        }
        NotModelled.IN_ADVICE.ofPreset(spec).ifPresent(warnings::add);
        return warnings;
    }
}
