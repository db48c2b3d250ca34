package dev.pushpull.cli;

import dev.pushpull.advice.Advisor;
import dev.pushpull.advice.Flips;
import dev.pushpull.advice.ProviderView;
import dev.pushpull.advice.Question;
import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.report.advice.AdviceReport;
import dev.pushpull.report.advice.AdviceResults;
import dev.pushpull.report.folder.ResultsFolder;
import dev.pushpull.report.shared.JsonRows;
import dev.pushpull.scenario.AdviceRecord;
import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.Check;
import dev.pushpull.scenario.CapacityAnswer;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Measure;
import dev.pushpull.scenario.Need;
import dev.pushpull.scenario.PriceList;
import dev.pushpull.scenario.Pricing;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code advise}: from constraints to a mode and its settings. */
@Command(
        header = "Find the mode and its settings under your constraints.",
        name = "advise",
        sortOptions = false,
        description =
                "Finds the best delivery mode, and its settings, that meets every --need with what is available: by "
                        + "closed form where one is known, otherwise in virtual time. Names the constraint that decides, the "
                        + "second best, and the values at which the answer changes.",
        footer = {
            "",
            "Examples:",
            "  pushpull advise --rate 40/d --consumers 600 --need 'latency_p95<1m' --quota 5000/h --free-304",
            "  pushpull advise --rate 40/d --outage 10m/7d --need 'lost_ratio<1e-6' --prices aws-http-lambda",
            "  pushpull advise --preset github --rate 40/d --need 'latency_p95<5m' --no-public-endpoint",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 4 nothing is feasible."
        })
@Essentials({"--rate", "--consumers", "--need", "--offers", "--quota", "--prices", "--outage", "--preset", "--out"})
final class AdviseCommand implements Callable<Integer> {
    static final String NAME = "advise";
    private static final String OFFERS = "--offers";
    private static final String OUTAGE = "--outage";

    @Spec
    private CommandSpec spec;

    @Option(
            names = NeedFlag.FLAG,
            paramLabel = "METRIC<BOUND",
            description = "A requirement, such as 'latency_p95<1m' or 'lost_ratio<1e-6' (repeatable). Unless you say "
                    + "otherwise, lost_ratio<0.01 is one.")
    private List<String> needs = new ArrayList<>();

    @Option(
            names = "--minimise",
            paramLabel = "WHAT",
            description = "What to make as small as possible: monthly_cost, requests or latency_mean (default: "
                    + "monthly_cost with prices, else requests).")
    private String minimise;

    @Mixin
    private SupplyFlags supply = new SupplyFlags();

    @Option(
            names = "--prices",
            paramLabel = "FILE|NAME",
            description = "What hosting costs: a TOML file, or one that comes with the program: aws-http-lambda, "
                    + "aws-websocket, cloudflare-workers, cloudflare-durable-objects or cloud-run.")
    private String prices;

    @Option(
            names = "--live",
            paramLabel = "DURATION",
            description = "Also measure the best two live, for this long each. Everything is sped up by one factor, so "
                    + "that λT stays the same (default: do not).")
    private Duration live;

    @Mixin
    private ProviderFlags provider = new ProviderFlags();

    @Mixin
    private ScenarioFlags flags = new ScenarioFlags();

    @Mixin
    private FaultFlags faults = new FaultFlags();

    @Mixin
    private LegFlags legs = new LegFlags();

    @Mixin
    private PriceFlags sums = new PriceFlags();

    @Option(
            names = "--all-flips",
            description = "Look for where the answer changes up to a hundredfold above and below every input, even "
                    + "where that takes minutes of virtual time (default: as far as a few seconds allow).")
    private boolean allFlips;

    @Option(
            names = "--explain",
            description = "Also print each figure's formula and assumptions, with the numbers put in.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean explain;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write a page and the figures to this folder, new or empty (default: write nothing).")
    @FlagGroup.In(FlagGroup.RESULTS)
    private Path out;

    @Option(names = "--json", description = "Print only the figures, as one JSON object.")
    @FlagGroup.In(FlagGroup.RESULTS)
    private boolean json;

    /** The endpoints to which the provider sends; figures of modes are those of one that answers at once. */
    private Endpoints endpoints = Endpoints.ALIKE;

    /** The command with the flags that the modes declare. */
    static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new AdviseCommand());
        String all = DeliveryModes.all().stream().map(DeliveryMode::name).collect(Collectors.joining(","));
        OptionSpec outage = spec.findOption(OUTAGE);
        spec.remove(outage);
        spec.addOption(OptionSpec.builder(outage)
                .paramLabel("LENGTH/PERIOD")
                .description("Take all consumers down for LENGTH once in every PERIOD, such as 10m/7d.")
                .build());
        OptionSpec mode = spec.findOption("--mode");
        spec.remove(mode);
        spec.addOption(OptionSpec.builder(mode)
                .names(OFFERS)
                .defaultValue(all)
                .description("Delivery modes that the provider offers: ${COMPLETION-CANDIDATES} (default: all).")
                .build());
        NotModelled.IN_ADVICE.hide(spec);
        ModeFlags.addTo(spec);
        return new CommandLine(spec);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        NotModelled.IN_ADVICE.refuse(spec);
        Instant startedAt = Instant.now();
        Question question = question(LocalDate.now());
        if (out == null) {
            return printed(record("", startedAt, question), Optional.empty());
        }
        ResultsFolder folder =
                ResultsFolder.create(Optional.of(out), Path.of("").toAbsolutePath(), NAME, startedAt);
        try {
            AdviceRecord record = record(folder.runId(), startedAt, question);
            Optional<Path> written = OutputFlags.written(folder, path -> AdviceResults.write(record, path));
            int code = printed(record, written);
            return written.isPresent() ? code : ExitCode.FAILED;
        } finally {
            folder.discardIfEmpty();
        }
    }

    /** The advice for what the flags say, without a folder. */
    AdviceRecord advice() throws IOException, InterruptedException {
        return record("", Instant.now(), question(LocalDate.now()));
    }

    /** @param today no price may be younger */
    private Question question(LocalDate today) {
        ScenarioFlags.Asked asked = flags.read(spec, ScenarioFlags.Extent.CLOSED_FORM);
        endpoints = ProviderFlags.endpoints(asked.scenario());
        Scenario given = asked.scenario()
                .withWebhooks(asked.scenario().webhooks().withEndpoints(Endpoints.ALIKE))
                .withNetwork(legs.read())
                .withFaults(faults.withoutOutages())
                .withPolling(new Scenario.Polling(
                        asked.scenario().polling().intervalNanos(),
                        asked.scenario().polling().pageLimit(),
                        asked.scenario().polling().phase()));
        PriceList list = prices == null ? PriceList.NONE : PriceFile.read(prices, today);
        Pricing pricing = sums.read(given.run().modes());
        List<Need> wanted = NeedFlag.readWithFewLost(needs);
        boolean priced = list.isNamed() || pricing.isNamed();
        for (Need need : wanted) {
            if (need.measure() == Measure.MONTHLY_COST && !priced) {
                throw new InvalidInputException(
                        "%s: '%s' is not accepted without prices; give --prices, --price or --monthly"
                                .formatted(NeedFlag.FLAG, need.text()));
            }
        }
        return new Question(
                given,
                asked.modes(),
                fixed(),
                wanted,
                supply.read(flags.quota().orElse(null)),
                faults.periodic(),
                list,
                pricing,
                MinimiseFlag.read(minimise, priced));
    }

    /** The settings that were typed. */
    private Set<String> fixed() {
        Set<String> fixed = new HashSet<>(ModeFlags.given(spec).keySet());
        if (spec.commandLine().getParseResult().hasMatchedOption(ScenarioFlags.INTERVAL)) {
            fixed.add(ScenarioFlags.INTERVAL);
        }
        return fixed;
    }

    private AdviceRecord record(String runId, Instant startedAt, Question question)
            throws IOException, InterruptedException {
        boolean asProvider = provider.asked(spec);
        Map<String, CapacityAnswer.Rate> capacities = provider.capacities();
        Flips.Patience patience = allFlips ? Flips.Patience.UNLIMITED : Flips.Patience.LIMITED;
        Advisor.Advice advice = new Advisor(question, patience).advice();
        List<Check> checks = new ArrayList<>(advice.checks());
        List<String> warnings = AdviceWarnings.of(question, endpoints, spec);
        if (live != null) {
            List<Candidate> first = advice.candidates().stream()
                    .filter(Candidate::feasible)
                    .limit(2)
                    .toList();
            checks.addAll(LiveChecks.of(question, first, live.toNanos(), warnings));
        }
        return new AdviceRecord(
                RunRecord.SCHEMA_VERSION,
                runId,
                NAME,
                OutputFlags.typed(spec, NAME),
                startedAt.toString(),
                question.inTheLongRun(),
                question.constraints(),
                question.objective(),
                question.prices(),
                question.pricing(),
                advice.candidates(),
                advice.flips(),
                checks,
                asProvider ? new ProviderView(question, endpoints, capacities).of(advice.candidates()) : List.of(),
                advice.relaxations(),
                warnings);
    }

    private int printed(AdviceRecord record, Optional<Path> written) {
        if (json) {
            System.out.println(JsonRows.render(NAME, record.rows()));
        } else {
            Terminal.print(AdviceReport.render(
                    record, written, explain, Terminal.takesColour(), Terminal.takesUnicode(), Terminal.columns()));
        }
        record.checks().stream()
                .filter(check -> !check.holds())
                .forEach(check -> System.err.println("pushpull: warning: %s of %s does not meet its need when %s"
                        .formatted(check.column(), check.mode(), check.checkedBy())));
        if (record.chosen().isPresent()) {
            return ExitCode.DONE;
        }
        System.err.println("pushpull: nothing is feasible; "
                + (record.relaxations().isEmpty()
                        ? "no single constraint would help"
                        : "least to give: " + record.relaxations().get(0)));
        return ExitCode.ASSERTION_FAILED;
    }
}
