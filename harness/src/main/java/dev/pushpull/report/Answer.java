package dev.pushpull.report;

import dev.pushpull.scenario.Outcome;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.RunRecord;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceDoubt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a run comes to, in a sentence. */
final class Answer {
    private static final String BYTES = "bytes_per_delivery";

    private Answer() {}

    /** Poll, or take webhooks, and why; with what was lost or is doubtful in the same place. */
    static String sentence(RunRecord run) {
        if (!run.valid()) {
            return "This run is invalid: its figures answer nothing.";
        }
        return Losses.after(doubtful(run), answer(run), Losses.of(run), Losses.pending(run));
    }

    /** What makes one doubt all figures; empty where nothing does. */
    static String doubtful(RunRecord run) {
        return run.warnings().stream()
                .filter(TraceDoubt::isDoubt)
                .findFirst()
                .map(doubt -> "Doubtful: " + doubt + ".")
                .orElse("");
    }

    private static String answer(RunRecord run) {
        if (Sides.eventless(run)) {
            return "No event occurred, so there was nothing to deliver and this run answers nothing.";
        }
        Optional<Outcome> polling = Modes.polling(run);
        Optional<Outcome> webhook = Modes.webhook(run);
        if (polling.isPresent() && webhook.isPresent()) {
            return weighed(run, polling.get(), webhook.get());
        }
        if (run.outcomes().isEmpty()) {
            return "Nothing was run.";
        }
        Sides sides = Sides.of(run);
        List<String> each =
                run.outcomes().stream().map(outcome -> alone(run, outcome)).toList();
        return each.size() == 1
                ? "Only " + Modes.title(run, run.outcomes().get(0)) + " was run"
                        + each.get(0).replaceFirst("^[^,]*,", ":") + "."
                : Sides.capital(polling.isPresent() ? sides.withoutWebhooks() : sides.withoutPolling())
                        + ", only these: " + String.join("; ", each) + ".";
    }

    /** What was asked: the events, the interval, the consumers. */
    static String scenario(RunRecord run) {
        Scenario scenario = run.scenario();
        return "%s events at %s a stream, polled every %s (λT = %s), %s %s with %s%s; %s, seed %d"
                .formatted(
                        scenario.events().arrivals().kind(),
                        scenario.events().readableRate(),
                        Quantity.readable(scenario.polling().intervalNanos()),
                        Decimals.setting(scenario.loadFactor()),
                        Decimals.count(scenario.events().consumers()),
                        scenario.events().consumers() == 1 ? "consumer" : "consumers",
                        scenario.events().streams() == Scenario.Streams.SHARED
                                ? "one shared stream"
                                : scenario.events().consumers() == 1
                                        ? "a stream of its own"
                                        : "a stream of its own each",
                        WireText.appended(scenario.wire()),
                        (run.trials() > 1 ? Decimals.count(run.trials()) + " trials of " : "")
                                + (run.simulated()
                                        ? Quantity.readable(run.measuredNanos()) + " simulated" + Simulated.delay(run)
                                        : Decimals.span(run.measuredNanos()) + " measured"),
                        scenario.run().seed());
    }

    private static String weighed(RunRecord run, Outcome polling, Outcome webhook) {
        Sides sides = Sides.of(run);
        Figure late = figure(run, polling, "latency_mean_ms");
        Figure soon = figure(run, webhook, "latency_mean_ms");
        Figure asked = figure(run, polling, "requests_per_delivery");
        Figure sent = figure(run, webhook, "requests_per_delivery");
        Figure polledBytes = figure(run, polling, BYTES);
        Figure pushedBytes = figure(run, webhook, BYTES);
        if (soon.value().isEmpty() || late.value().isEmpty()) {
            return "Too few deliveries to answer: "
                    + (soon.value().isEmpty() ? sides.withoutWebhooks() : sides.withoutPolling()) + ".";
        }
        List<String> forWebhooks = new ArrayList<>();
        List<String> forPolling = new ArrayList<>();
        if (soon.isBelow(late)) {
            forWebhooks.add(Simulated.sooner(run, webhook, soon, late));
        } else if (late.isBelow(soon)) {
            forPolling.add(Simulated.sooner(run, polling, late, soon));
        }
        weigh(sent, asked, " requests a delivery instead of ", forWebhooks, forPolling);
        weigh(pushedBytes, polledBytes, " a delivery instead of ", forWebhooks, forPolling);
        fewer("lost", webhook.counts().lostInAll(), polling.counts().lostInAll(), forWebhooks, forPolling);
        fewer(
                "pending at the end",
                webhook.counts().pendingInAll(),
                polling.counts().pendingInAll(),
                forWebhooks,
                forPolling);
        if (forPolling.isEmpty() && forWebhooks.isEmpty()) {
            return "Either: this run could tell no difference.";
        }
        if (forPolling.isEmpty()) {
            return "Take " + (sides.onlyPushes() ? "webhooks" : sides.pushing()) + ": " + listed(forWebhooks) + ".";
        }
        if (forWebhooks.isEmpty()) {
            return "Poll" + (sides.asking().equals("polling") ? "" : " by " + sides.asking()) + ": "
                    + listed(forPolling) + ".";
        }
        return "It depends. For %s: %s. For %s: %s."
                .formatted(
                        sides.onlyPushes() ? "webhooks" : sides.pushing(),
                        listed(forWebhooks),
                        sides.asking(),
                        listed(forPolling));
    }

    /** Lower is better; what cannot be told apart speaks for neither. */
    private static void weigh(
            Figure webhook, Figure polling, String instead, List<String> forWebhooks, List<String> forPolling) {
        if (webhook.isBelow(polling)) {
            forWebhooks.add(FigureText.value(webhook) + instead + FigureText.value(polling));
        } else if (polling.isBelow(webhook)) {
            forPolling.add(FigureText.value(polling) + instead + FigureText.value(webhook));
        }
    }

    private static void fewer(
            String what, long pushed, long polled, List<String> forWebhooks, List<String> forPolling) {
        if (pushed != polled) {
            (pushed < polled ? forWebhooks : forPolling)
                    .add("%s %s instead of %s"
                            .formatted(
                                    Decimals.count(Math.min(pushed, polled)),
                                    what,
                                    Decimals.count(Math.max(pushed, polled))));
        }
    }

    /** {@code webhook, 0.2 ms late on average, 1.00 requests a delivery}. */
    private static String alone(RunRecord run, Outcome outcome) {
        Figure mean = figure(run, outcome, "latency_mean_ms");
        String figures = mean.value().isEmpty()
                ? "nothing arrived, too few deliveries to answer"
                : Simulated.lateOnAverage(run, outcome, mean) + ", "
                        + FigureText.value(figure(run, outcome, "requests_per_delivery")) + " requests a delivery";
        Figure waste = figure(run, outcome, "wasted_ratio");
        return Modes.title(run, outcome) + ", " + figures
                + (waste.value().isPresent() ? ", " + FigureText.value(waste) + " of its polls empty" : "");
    }

    private static Figure figure(RunRecord run, Outcome outcome, String column) {
        return Figure.of(run, outcome, column, "");
    }

    private static String listed(List<String> reasons) {
        return String.join(", ", reasons);
    }
}
