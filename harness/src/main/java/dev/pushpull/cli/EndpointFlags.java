package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import dev.pushpull.schedule.Endpoints.Dead;
import dev.pushpull.schedule.Endpoints.Slow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags that say how the consumers' endpoints differ. */
@FlagGroup.In(FlagGroup.FAULTS)
final class EndpointFlags {
    static final String SLOW = "--slow";
    static final String DEAD = "--dead";
    private static final List<String> LIMITS = List.of("--in-flight", "--in-flight-per-endpoint");
    private static final String SLOW_ACCEPTED = "SHARE@TIME such as 5%@2s";
    private static final String DEAD_ACCEPTED = "SHARE such as 1%, or SHARE@TIME such as 1%@2h";

    /** Shares may add up to a little more by rounding. */
    private static final double ALL = 1 + 1e-9;

    @Option(
            names = SLOW,
            paramLabel = "SHARE@TIME",
            description = "Let this share of the consumers' endpoints answer each webhook after TIME, such as "
                    + "5%%@2s. They hold the event before (repeatable).")
    private List<String> slow = new ArrayList<>();

    @Option(
            names = DEAD,
            paramLabel = "SHARE[@TIME]",
            description = "Let this share of the consumers' endpoints refuse connections, such as 1%%; with @TIME, "
                    + "from that moment of the run on, such as 1%%@2h (repeatable).")
    private List<String> dead = new ArrayList<>();

    /** @param scenario without them */
    Scenario.Webhooks read(CommandSpec spec, Scenario scenario) {
        Reader reader = new Reader(scenario);
        List<Slow> slowOnes = slow.stream().map(reader::slow).toList();
        List<Dead> deadOnes = dead.stream().map(reader::dead).toList();
        boolean limited = LIMITS.stream().anyMatch(flag -> isGiven(spec, flag));
        return scenario.webhooks()
                .withEndpoints(new Endpoints(slowOnes, deadOnes, scenario.run().seed(), limited));
    }

    private static boolean isGiven(CommandSpec spec, String flag) {
        return spec.commandLine().getParseResult().hasMatchedOption(flag)
                || spec.commandLine().getDefaultValueProvider() instanceof PresetDefaults preset
                        && preset.defaultValue(spec.findOption(flag)) != null;
    }

    /** What someone who runs this should know. */
    static List<String> warnings(Scenario scenario, List<DeliveryMode> modes) {
        Endpoints endpoints = scenario.webhooks().endpoints();
        List<String> warnings = new ArrayList<>();
        if (!endpoints.alike()) {
            modes.stream()
                    .filter(mode -> !mode.traits().has(Trait.LISTENS))
                    .forEach(mode -> warnings.add("%s: %s and %s change nothing, since its consumers have no endpoint"
                            .formatted(mode.name(), SLOW, DEAD)));
        }
        long timeoutNanos = scenario.webhooks().responseTimeoutNanos();
        for (Slow some : endpoints.slow()) {
            if (some.answerNanos() >= timeoutNanos) {
                warnings.add(
                        "endpoints that answer after %s answer after the --response-timeout of %s: each webhook to them is sent again until the retries are exhausted"
                                .formatted(Quantity.readable(some.answerNanos()), Quantity.readable(timeoutNanos)));
            }
        }
        return warnings;
    }

    /** Reads one after the other, and knows how much is taken. */
    private static final class Reader {
        private final int consumers;
        private final long durationNanos;
        private double taken;

        Reader(Scenario scenario) {
            this.consumers = scenario.events().consumers();
            this.durationNanos = scenario.run().durationNanos();
        }

        Slow slow(String text) {
            String[] parts = text.split("@", -1);
            if (parts.length != 2) {
                throw Quantity.wrong(SLOW, text, SLOW_ACCEPTED);
            }
            return new Slow(share(SLOW, text, parts[0], SLOW_ACCEPTED), Quantity.durationNanos(SLOW, parts[1]));
        }

        Dead dead(String text) {
            String[] parts = text.split("@", -1);
            if (parts.length > 2) {
                throw Quantity.wrong(DEAD, text, DEAD_ACCEPTED);
            }
            long fromNanos = parts.length == 1 ? 0 : Quantity.durationNanos(DEAD, parts[1]);
            if (fromNanos >= durationNanos) {
                throw Quantity.wrong(
                        DEAD, text, "a time before the run ends, below " + Quantity.readable(durationNanos));
            }
            return new Dead(share(DEAD, text, parts[0], DEAD_ACCEPTED), fromNanos);
        }

        private double share(String flag, String text, String percent, String accepted) {
            double share = percent(percent).orElseThrow(() -> Quantity.wrong(flag, text, accepted));
            if (!(share > 0 && share <= 1)) {
                throw Quantity.wrong(flag, text, "a share above 0 % and up to 100 %");
            }
            if (taken + share > ALL) {
                throw Quantity.wrong(
                        flag, text, "shares of %s and %s that add up to 100 %% or less".formatted(SLOW, DEAD));
            }
            if (Endpoints.count(taken, share, consumers) == 0) {
                throw Quantity.wrong(
                        flag,
                        text,
                        "a share that is at least one of the %,d consumers, from %s %% on"
                                .formatted(consumers, leastPercent()));
            }
            taken += share;
            return share;
        }

        private String leastPercent() {
            return BigDecimal.valueOf(100)
                    .divide(BigDecimal.valueOf(consumers), new MathContext(2, RoundingMode.CEILING))
                    .stripTrailingZeros()
                    .toPlainString();
        }

        private static Optional<Double> percent(String text) {
            String number = text.strip();
            return number.matches("[0-9]{1,3}(\\.[0-9]{1,9})?%")
                    ? Optional.of(Double.parseDouble(number.substring(0, number.length() - 1)) / 100)
                    : Optional.empty();
        }
    }
}
