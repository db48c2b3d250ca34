package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Flags of a live run that another command's model leaves out. That command rejects them, because its figures would
 * ignore them.
 */
enum NotModelled {
    IN_VIRTUAL_TIME(
            "virtual time",
            List.of(
                    ScenarioFlags.ISOLATE,
                    "--connect-timeout",
                    WebhookFlags.INBOX,
                    WebhookFlags.OUTBOX,
                    WebhookFlags.SENDER)),
    IN_CLOSED_FORM(
            "a closed form",
            List.of(
                    ScenarioFlags.ISOLATE,
                    "--drain",
                    "--seed",
                    "--connect-timeout",
                    "--disable",
                    WebhookFlags.INBOX,
                    WebhookFlags.OUTBOX,
                    WebhookFlags.SENDER)),
    IN_ADVICE(
            "advice",
            List.of(
                    ScenarioFlags.ISOLATE,
                    ScenarioFlags.DURATION,
                    "--in-flight",
                    "--in-flight-per-endpoint",
                    "--disable",
                    WebhookFlags.INBOX,
                    WebhookFlags.OUTBOX,
                    WebhookFlags.SENDER)),
    ON_SLIDERS(
            "the what-if page",
            List.of(
                    "--mode",
                    "--arrivals",
                    "--burst-rate",
                    "--mean-on",
                    "--mean-off",
                    TraceFlags.TRACE,
                    "--speedup",
                    "--trace-from",
                    "--trace-events",
                    "--trace-column",
                    "--trace-field",
                    "--trace-form",
                    "--trace-unit",
                    "--trace-date-order",
                    "--trace-zone",
                    "--trace-year",
                    "--phase",
                    ScenarioFlags.QUOTA,
                    ScenarioFlags.ISOLATE,
                    "--drain",
                    "--seed",
                    "--in-flight",
                    "--in-flight-per-endpoint",
                    "--connect-timeout",
                    "--response-timeout",
                    "--disable",
                    EndpointFlags.SLOW,
                    EndpointFlags.DEAD,
                    ProfileFlags.PROFILE,
                    ProfileFlags.START,
                    WebhookFlags.INBOX,
                    WebhookFlags.OUTBOX,
                    WebhookFlags.SENDER,
                    "--tls",
                    "--rtt",
                    "--keep-alive",
                    MiddleboxProfiles.FLAG,
                    "--outage",
                    "--mean-up",
                    "--mean-down",
                    "--duplicate-rate"));

    private final String model;
    private final List<String> flags;

    NotModelled(String model, List<String> flags) {
        this.model = model;
        this.flags = flags;
    }

    /** Hides them from a command's help; they stay known, so that they can be rejected with a reason. */
    void hide(CommandSpec spec) {
        for (String flag : flags) {
            OptionSpec option = spec.findOption(flag);
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).hidden(true).build());
        }
    }

    /**
     * Rejects those that were typed.
     *
     * @throws InvalidInputException with one line for the person who typed them
     */
    void refuse(CommandSpec spec) {
        for (String flag : flags) {
            if (spec.commandLine().getParseResult().hasMatchedOption(flag)) {
                OptionSpec option = spec.findOption(flag);
                String value = option.stringValues().isEmpty() || option.arity().max() == 0
                        ? ""
                        : " '" + option.stringValues().get(0) + "'";
                throw new InvalidInputException(
                        "%s:%s is not accepted here; %s does not model it; accepted: in a live compare"
                                .formatted(flag, value.isEmpty() ? " it" : value, model));
            }
        }
    }

    /** A sentence about what a preset set to no effect; empty when there is nothing. */
    Optional<String> ofPreset(CommandSpec spec) {
        IDefaultValueProvider preset = spec.commandLine().getDefaultValueProvider();
        List<String> left = preset == null
                ? List.of()
                : flags.stream()
                        .filter(flag -> given(preset, spec.findOption(flag)))
                        .toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of("ignored from the preset, because %s does not model it: %s"
                        .formatted(model, String.join(", ", left)));
    }

    private static boolean given(IDefaultValueProvider preset, OptionSpec option) {
        try {
            return preset.defaultValue(option) != null;
        } catch (Exception e) { // the interface allows this; ours never throws
            return false;
        }
    }
}
