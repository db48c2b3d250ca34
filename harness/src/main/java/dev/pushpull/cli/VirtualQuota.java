package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.RequestQuota;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A quota in virtual time, which is modelled for consumers that poll by themselves. */
final class VirtualQuota {
    private VirtualQuota() {}

    /**
     * The scenario without a quota that a preset set and that is not modelled.
     *
     * @throws dev.pushpull.scenario.InvalidInputException when it was typed
     */
    static Scenario modelled(CommandSpec spec, Scenario scenario, List<DeliveryMode> modes) {
        Optional<String> why = whyNot(scenario, modes);
        if (why.isEmpty()) {
            return scenario;
        }
        if (spec.commandLine().getParseResult().hasMatchedOption(ScenarioFlags.QUOTA)) {
            throw Quantity.wrong(
                    ScenarioFlags.QUOTA,
                    TypedFlags.given(spec, ScenarioFlags.QUOTA).orElseThrow(),
                    "in a live compare; virtual time does not model it " + why.get());
        }
        return scenario.withPolling(scenario.polling().withQuota(RequestQuota.NONE));
    }

    /** What is left out of a preset, for the run's warnings. */
    static Optional<String> ofPreset(CommandSpec spec, Scenario scenario) {
        boolean set = spec.commandLine().getDefaultValueProvider() instanceof PresetDefaults preset
                && preset.defaultValue(spec.findOption(ScenarioFlags.QUOTA)) != null;
        return set && !scenario.polling().quota().limits()
                ? Optional.of("ignored from the preset, because virtual time does not model it here: --quota")
                : Optional.empty();
    }

    private static Optional<String> whyNot(Scenario scenario, List<DeliveryMode> modes) {
        if (!scenario.polling().quota().limits()) {
            return Optional.empty();
        }
        if (scenario.events().consumersPerStream() > 1) {
            return Optional.of("where several consumers poll one stream");
        }
        return modes.stream()
                .filter(mode -> !mode.keepsQuotaInVirtualTime())
                .map(mode -> "for " + mode.name())
                .findFirst();
    }
}
