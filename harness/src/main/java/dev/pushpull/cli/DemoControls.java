package dev.pushpull.cli;

import dev.pushpull.delivery.DeliveryMode;
import dev.pushpull.delivery.DeliveryModes;
import dev.pushpull.experiment.Demonstration;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.PoissonArrivals;
import dev.pushpull.watch.Controls;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The sliders of the demonstration. */
final class DemoControls implements Controls {
    private static final double LEAST_RATE = 0.1;
    private static final double MOST_RATE = 10;
    private static final double LEAST_SECONDS = 0.2;
    private static final double MOST_SECONDS = 10;
    private static final int MODES = 2;
    private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private volatile Demonstration demonstration;

    /** From now on they act on this one. */
    void of(Demonstration one) {
        demonstration = one;
    }

    private static List<String> known() {
        return DeliveryModes.all().stream().map(DeliveryMode::name).toList();
    }

    @Override
    public Map<String, Object> settings() {
        Scenario scenario = demonstration == null ? DemoCommand.scenario() : demonstration.scenario();
        return Map.of(
                "rate", scenario.events().arrivals().ratePerSecond(),
                "interval", scenario.polling().intervalNanos() / 1e9,
                "modes", scenario.run().modes(),
                "all_modes", known());
    }

    @Override
    public void change(Map<String, String> asked) {
        Demonstration running = demonstration;
        if (running == null) {
            throw new InvalidInputException("the demonstration has not begun yet");
        }
        Scenario now = running.scenario();
        Scenario to = now;
        for (Map.Entry<String, String> one : asked.entrySet()) {
            String text = one.getValue();
            to = switch (one.getKey()) {
                case "rate" ->
                    to.withEvents(
                            to.events().withArrivals(new PoissonArrivals(number("rate", text, LEAST_RATE, MOST_RATE))));
                case "interval" ->
                    to.withPolling(to.polling()
                            .withIntervalNanos((long) (1e9 * number("interval", text, LEAST_SECONDS, MOST_SECONDS))));
                case "modes" -> to.withRun(to.run().withModes(modes(text)));
                case "outage" -> to;
                default ->
                    throw new InvalidInputException(
                            "'%s' is no setting; accepted: rate, interval, modes, outage".formatted(one.getKey()));
            };
        }
        Scenario changed = to;
        if (asked.containsKey("outage")) {
            running.outage(OUTAGE_NANOS);
        }
        if (!changed.equals(now)) {
            running.change(scenario -> changed);
        }
    }

    private static double number(String what, String text, double least, double most) {
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Quantity.wrong(what, text, "a number from %s to %s".formatted(least, most));
    }

    private static List<String> modes(String text) {
        List<String> chosen = List.of(text.split(",", -1));
        if (chosen.size() != MODES || chosen.get(0).equals(chosen.get(1))) {
            throw Quantity.wrong("modes", text, "two different ones, such as polling,webhook");
        }
        for (String name : chosen) {
            if (!known().contains(name)) {
                throw Names.unknown("mode", name, known());
            }
        }
        return chosen;
    }
}
