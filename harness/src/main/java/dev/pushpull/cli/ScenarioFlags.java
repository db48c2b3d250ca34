package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ModeOption;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.FixedPollSchedule.Phase;
import dev.pushpull.schedule.RequestQuota;
import dev.pushpull.schedule.TraceArrivals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that make a scenario. */
final class ScenarioFlags {
    /** Flags that have a meaning only where real time passes. */
    static final String DURATION = "--duration";

    /** Another name for the same flag. */
    static final String HORIZON = "--horizon";

    static final String ISOLATE = "--isolate";
    static final String INTERVAL = "--interval";
    static final String QUOTA = "--quota";

    private static final List<String> PHASES = List.of("random", "aligned");
    private static final int MOST_PAGE_LIMIT = 1000;
    private static final int MOST_LIVE_CONSUMERS = 100_000;

    @Option(
            names = "--mode",
            paramLabel = "MODE,...",
            description = "Delivery modes to compare: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = ModeFlags.Names.class)
    @FlagGroup.In(FlagGroup.RUN)
    private String modes = "polling,webhook";

    @Option(
            names = INTERVAL,
            paramLabel = "DURATION",
            description = "Poll interval T, such as 250ms, 5s or 2m (default: 500ms).")
    @FlagGroup.In(FlagGroup.POLLING)
    private String interval = "500ms";

    @Option(
            names = "--phase",
            paramLabel = "KIND",
            description = "When consumers poll: at random offsets, or aligned, as cron jobs do (default: " + "random).")
    @FlagGroup.In(FlagGroup.POLLING)
    private String phase = "random";

    @Option(
            names = "--page-limit",
            paramLabel = "N",
            description =
                    "Maximum events in one response, 1 to 1000. Further pages are fetched at once " + "(default: 100).")
    @FlagGroup.In(FlagGroup.POLLING)
    private String pageLimit = "100";

    @Option(
            names = {DURATION, HORIZON},
            paramLabel = "DURATION",
            description = "Measured time (default: 30s; with --trace, its span).")
    @FlagGroup.In(FlagGroup.RUN)
    private String duration;

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            description = "Longest wait at the end, beyond one interval, for deliveries still on their way "
                    + "(default: 5s).")
    @FlagGroup.In(FlagGroup.RUN)
    private String drain = "5s";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all randomness. The same seed gives the same events, in every mode and on "
                    + "every JDK (default: 1).")
    @FlagGroup.In(FlagGroup.RUN)
    private String seed = "1";

    @Option(
            names = QUOTA,
            paramLabel = "RATE",
            description = "Rate limit for polls of one stream, such as 5000/h. A live provider answers 429 and "
                    + "pollers back off. predict adds the share used and the shortest interval that fits.")
    @FlagGroup.In(FlagGroup.POLLING)
    private String quota;

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
    private WireFlags wire = new WireFlags();

    /** The scenario and the requested modes, checked against each other. */
    record Asked(Scenario scenario, List<DeliveryMode> modes) {}

    /**
     * How long a run lasts, and how many consumers it may have.
     *
     * @param flag the flag that sets the duration
     * @param given its value; may be null
     * @param byDefault used when neither the flag nor a trace sets it
     */
    record Extent(String flag, String given, String byDefault, int mostConsumers) {}

    /**
     * @param modeOptions values given for the modes' own flags
     * @throws InvalidInputException with one line for the person who typed the command
     */
    Asked read(Map<String, String> modeOptions) {
        return read(modeOptions, "30s");
    }

    /** @param defaultDuration used when neither {@code --duration} nor a trace sets it */
    Asked read(Map<String, String> modeOptions, String defaultDuration) {
        return read(modeOptions, extent(DURATION, defaultDuration, MOST_LIVE_CONSUMERS));
    }

    /** @param extent for a command with a duration flag of its own */
    Asked read(Map<String, String> modeOptions, Extent extent) {
        List<DeliveryMode> chosen = modes();
        Set<String> theirs = new HashSet<>();
        chosen.forEach(mode -> mode.options().forEach(option -> theirs.add(option.flag())));
        for (String flag : modeOptions.keySet()) {
            if (!theirs.contains(flag)) {
                throw new InvalidInputException("%s: '%s' is not accepted here; none of the modes %s has it"
                        .formatted(flag, modeOptions.get(flag), modes));
            }
        }
        long givenNanos = extent.given() == null ? 0 : Quantity.durationNanos(extent.flag(), extent.given());
        Scenario.Events occurs = events.read(givenNanos, extent.mostConsumers());
        long durationNanos = givenNanos > 0
                ? givenNanos
                : occurs.arrivals() instanceof TraceArrivals trace
                        ? trace.spanNanos()
                        : Quantity.durationNanos(extent.flag(), extent.byDefault());
        if (!PHASES.contains(phase)) {
            throw Names.unknown("kind of --phase", phase, PHASES);
        }
        Scenario scenario = new Scenario(
                occurs,
                new Scenario.Polling(
                        Quantity.durationNanos(INTERVAL, interval),
                        Quantity.count("--page-limit", pageLimit, 1, MOST_PAGE_LIMIT),
                        phase.equals("random") ? Phase.RANDOM : Phase.ALIGNED,
                        requestQuota(quota)),
                webhooks.read(),
                Scenario.Network.NONE,
                wire.read(),
                Scenario.Faults.NONE,
                new Scenario.Run(
                        chosen.stream().map(DeliveryMode::name).toList(),
                        durationNanos,
                        Quantity.durationOrZeroNanos("--drain", drain),
                        Quantity.number("--seed", seed, Long.MIN_VALUE, Long.MAX_VALUE),
                        isolate),
                new LinkedHashMap<>(modeOptions));
        for (DeliveryMode mode : chosen) {
            for (ModeOption<?> option : mode.options()) {
                option.in(scenario); // reported now, before the run
            }
            mode.check(scenario);
        }
        return new Asked(scenario, chosen);
    }

    /**
     * Every interval with every rate; both flags are comma lists. All are checked before this returns.
     *
     * @param simulated whether the duration is in virtual time
     * @param rates used when neither {@code --rate} nor a trace sets it
     */
    List<Asked> grid(Map<String, String> modeOptions, boolean simulated, String rates) {
        Extent extent = simulated
                ? extent(DURATION, "1d", Workload.MOST_CONSUMERS)
                : extent(DURATION, "30s", MOST_LIVE_CONSUMERS);
        List<String> intervals = each(INTERVAL, interval);
        List<String> paces =
                events.rate(rates).map(list -> each(EventFlags.RATE, list)).orElse(List.of());
        List<Asked> cells = new ArrayList<>();
        for (String oneInterval : intervals) {
            interval = oneInterval;
            if (paces.isEmpty()) {
                cells.add(read(modeOptions, extent));
            }
            for (String pace : paces) {
                events.setRate(pace);
                cells.add(read(modeOptions, extent));
            }
        }
        unique(INTERVAL, intervals, text -> Quantity.durationNanos(INTERVAL, text));
        unique(EventFlags.RATE, paces, text -> Quantity.ratePerSecond(EventFlags.RATE, text));
        return cells;
    }

    /** @param flag the name that errors use for the duration */
    Extent extent(String flag, String byDefault, int mostConsumers) {
        return new Extent(flag, duration, byDefault, mostConsumers);
    }

    /** The quota as typed. */
    Optional<String> quota() {
        return Optional.ofNullable(quota);
    }

    /** @param quota as typed; null for none */
    static RequestQuota requestQuota(String quota) {
        if (quota == null) {
            return RequestQuota.NONE;
        }
        double perSecond = Quantity.ratePerSecond(QUOTA, quota);
        long windowNanos = switch (quota.charAt(quota.length() - 1)) {
            case 's' -> 1_000_000_000L;
            case 'm' -> 60_000_000_000L;
            case 'h' -> 3_600_000_000_000L;
            default -> 86_400_000_000_000L;
        };
        long requests = Math.round(perSecond * windowNanos / 1e9);
        if (requests < 1) {
            throw Quantity.wrong(QUOTA, quota, "one request or more in its unit of time");
        }
        return new RequestQuota(requests, windowNanos);
    }

    private static List<String> each(String flag, String list) {
        List<String> elements =
                Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        if (elements.contains("")) {
            throw Quantity.wrong(flag, list, "a list without empty elements, such as a,b,c");
        }
        return elements;
    }

    private static void unique(String flag, List<String> elements, Function<String, Object> value) {
        if (elements.stream().map(value).distinct().count() < elements.size()) {
            throw Quantity.wrong(flag, String.join(",", elements), "each value once");
        }
    }

    private List<DeliveryMode> modes() {
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
                throw Quantity.wrong("--mode", modes, "each mode once");
            }
            chosen.add(known.get(index));
        }
        return chosen;
    }
}
