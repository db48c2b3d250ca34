package dev.pushpull.cli;

import dev.pushpull.delivery.Behind;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.TraceArrivals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags that make a scenario. */
final class ScenarioFlags {
    /** Flags that have a meaning only where real time passes. */
    static final String DURATION = "--duration";

    /** Another name for the same flag. */
    static final String HORIZON = "--horizon";

    private static final String MODE = "--mode";

    static final String ISOLATE = "--isolate";
    static final String INTERVAL = "--interval";
    static final String QUOTA = "--quota";

    @Option(
            names = MODE,
            paramLabel = "MODE,...",
            description = "Delivery modes to compare: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = ModeFlags.Names.class)
    @FlagGroup.In(FlagGroup.RUN)
    private String modes = "polling,webhook";

    @Option(
            names = INTERVAL,
            paramLabel = "DURATION",
            defaultValue = "500ms",
            description = "Poll interval T, such as 250ms, 5s or 2m (default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.POLLING)
    private Duration interval;

    @Option(
            names = "--phase",
            paramLabel = "KIND",
            defaultValue = "random",
            description = "When consumers poll: at random offsets, or aligned, as cron jobs do (default: "
                    + "${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.POLLING)
    private Phase phase;

    @Option(
            names = "--page-limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum events in one response, 1 to 1000. Further pages are fetched at once "
                    + "(default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.POLLING)
    @Within(least = 1, most = 1000)
    private int pageLimit;

    @Option(
            names = {DURATION, HORIZON},
            paramLabel = "DURATION",
            description = "Measured time (default: 30s; with --trace, its span).")
    @FlagGroup.In(FlagGroup.RUN)
    private Duration duration;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "Longest wait at the end, beyond one interval, for deliveries still on their way "
                    + "(default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.RUN)
    @Within(least = 0)
    private Duration drain;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all randomness. The same seed gives the same events, in every mode and on "
                    + "every JDK (default: ${DEFAULT-VALUE}).")
    @FlagGroup.In(FlagGroup.RUN)
    private long seed;

    @Option(
            names = QUOTA,
            paramLabel = "RATE",
            description = "Rate limit for polls of one stream, such as 5000/h. A live provider answers 429 and "
                    + "pollers back off. predict adds the share used and the shortest interval that fits.")
    @FlagGroup.In(FlagGroup.POLLING)
    private Rate quota;

    @Option(
            names = PresetDefaults.FLAG,
            paramLabel = "NAME|FILE",
            description = "Flags as a vendor would set them: stripe, github, gitlab, shopify, twilio, slack, "
                    + "iot; a use case: payment, ci-push, order, message, sensor; or a file of your own. "
                    + "Explicit flags win.")
    @FlagGroup.In(FlagGroup.RUN)
    private String preset;

    @Option(
            names = ISOLATE,
            description = "Run one mode after another instead of side by side, for accurate CPU figures.")
    @FlagGroup.In(FlagGroup.RUN)
    private boolean isolate;

    @Mixin
    private EventFlags events = new EventFlags();

    @Mixin
    private WebhookFlags webhooks = new WebhookFlags();

    @Mixin
    private EndpointFlags endpoints = new EndpointFlags();

    @Mixin
    private WireFlags wire = new WireFlags();

    /** The scenario and the requested modes, checked against each other. */
    record Asked(Scenario scenario, List<DeliveryMode> modes) {
        /** What a reader of the results should know of trace and modes. */
        List<String> warnings() {
            return Stream.of(
                            TraceFindings.warnings(scenario).stream(),
                            ProfileFlags.warnings(scenario).stream(),
                            EndpointFlags.warnings(scenario, modes).stream(),
                            modes.stream()
                                    .flatMap(mode -> mode.warnings(scenario).stream()
                                            .map(warning -> mode.name() + ": " + warning)),
                            Behind.notes(modes, scenario).stream())
                    .flatMap(Function.identity())
                    .toList();
        }
    }

    /**
     * How long a run lasts, and how many consumers it may have.
     *
     * @param byDefault used when neither the flag nor a trace sets it
     */
    record Extent(Duration byDefault, int mostConsumers) {
        static final Extent LIVE = new Extent(Duration.ofSeconds(30), 100_000);
        static final Extent CLOSED_FORM = new Extent(Duration.ofDays(30), 100_000);
        static final Extent VIRTUAL_TIME = new Extent(Duration.ofDays(1), Workload.MOST_CONSUMERS);
    }

    /**
     * @param spec of the command whose flags these are
     * @throws InvalidInputException with one line for the person who typed the command
     */
    Asked read(CommandSpec spec) {
        return read(spec, Extent.LIVE);
    }

    /** @param extent for a command whose runs are not live */
    Asked read(CommandSpec spec, Extent extent) {
        Asked asked = checked(spec, extent);
        events.tell(spec);
        return asked;
    }

    private Asked checked(CommandSpec spec, Extent extent) {
        Map<String, String> modeOptions = ModeFlags.given(spec);
        List<DeliveryMode> chosen = modes(spec);
        Set<String> theirs = new HashSet<>();
        chosen.forEach(mode -> DeliveryModes.options(mode).forEach(option -> theirs.add(option.flag())));
        for (String flag : modeOptions.keySet()) {
            if (!theirs.contains(flag)) {
                throw new InvalidInputException("%s: '%s' is not accepted here; none of the modes %s has it"
                        .formatted(flag, modeOptions.get(flag), modes));
            }
        }
        long givenNanos = duration == null ? 0 : duration.toNanos();
        Scenario.Events occurs = events.read(spec, givenNanos, extent.mostConsumers());
        long durationNanos = givenNanos > 0
                ? givenNanos
                : occurs.arrivals() instanceof TraceArrivals trace
                        ? trace.spanNanos()
                        : extent.byDefault().toNanos();
        Scenario alike = new Scenario(
                occurs,
                new Scenario.Polling(
                        interval.toNanos(), pageLimit, phase, quota == null ? RequestQuota.NONE : quota.quota()),
                webhooks.read(),
                Scenario.Network.NONE,
                wire.read(),
                Scenario.Faults.NONE,
                new Scenario.Run(
                        chosen.stream().map(DeliveryMode::name).toList(),
                        durationNanos,
                        drain.toNanos(),
                        seed,
                        isolate),
                modeOptions);
        ProfileFlags.check(alike);
        Scenario scenario = alike.withWebhooks(endpoints.read(spec, alike));
        for (DeliveryMode mode : chosen) {
            for (ModeOption<?> option : DeliveryModes.options(mode)) {
                option.in(scenario); // reported now, before the run
            }
        }
        List<DeliveryMode> accompanied =
                chosen.stream().map(mode -> DeliveryModes.in(scenario, mode)).toList();
        accompanied.forEach(mode -> mode.check(scenario));
        return new Asked(scenario, accompanied);
    }

    /**
     * Every interval with every rate; both flags are comma lists. All are checked before this returns.
     *
     * @param simulated whether the duration is in virtual time
     * @param byDefault the rates used when neither {@code --rate} nor a trace sets them
     */
    List<Asked> grid(CommandSpec spec, boolean simulated, String byDefault) {
        String intervals = spec.findOption(INTERVAL).getValue();
        String rates = spec.findOption(EventFlags.RATE).getValue();
        Extent extent = simulated ? Extent.VIRTUAL_TIME : Extent.LIVE;
        List<Duration> steps = each(
                INTERVAL, intervals, text -> Duration.ofNanos(Quantity.durationNanos(INTERVAL, text)), step -> step);
        List<Rate> paces = rates == null && events.replays()
                ? List.of()
                : each(
                        EventFlags.RATE,
                        rates == null ? byDefault : rates,
                        text -> Rate.read(EventFlags.RATE, text),
                        Rate::perSecond);
        List<Asked> cells = new ArrayList<>();
        for (Duration step : steps) {
            interval = step;
            if (paces.isEmpty()) {
                cells.add(checked(spec, extent));
            }
            for (Rate pace : paces) {
                events.setRate(pace);
                cells.add(checked(spec, extent));
            }
        }
        events.tell(spec);
        return cells;
    }

    /** The quota, if there is one. */
    Optional<Rate> quota() {
        return Optional.ofNullable(quota);
    }

    /** @param identity no two elements may have the same */
    private static <T> List<T> each(String flag, String list, Function<String, T> value, Function<T, Object> identity) {
        List<String> elements =
                Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        if (elements.contains("")) {
            throw Quantity.wrong(flag, list, "a list without empty elements, such as a,b,c");
        }
        List<T> values = elements.stream().map(value).toList();
        if (values.stream().map(identity).distinct().count() < values.size()) {
            throw Quantity.wrong(flag, String.join(",", elements), "each value once");
        }
        return values;
    }

    private List<DeliveryMode> modes(CommandSpec spec) {
        List<DeliveryMode> known = DeliveryModes.all();
        List<String> names = known.stream().map(DeliveryMode::name).toList();
        List<DeliveryMode> chosen = new ArrayList<>();
        for (String name :
                Arrays.stream(modes.split(",", -1)).map(String::strip).toList()) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw Names.unknown("mode", name, names);
            }
            if (chosen.contains(known.get(index))) {
                throw Quantity.wrong(spec.findOption(MODE) == null ? "--offers" : MODE, modes, "each mode once");
            }
            chosen.add(known.get(index));
        }
        return chosen;
    }
}
