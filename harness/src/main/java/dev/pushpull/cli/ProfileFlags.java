package dev.pushpull.cli;

import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.ForeignText;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.scenario.TerminalText;
import dev.pushpull.schedule.WeeklyArrivals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The flags of an event rate that follows the hour of the week. */
@FlagGroup.In(FlagGroup.EVENTS)
final class ProfileFlags {
    static final String PROFILE = "--profile";
    static final String START = "--profile-start";
    private static final List<String> SHIPPED = List.of("office");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final int HOURS_A_DAY = 24;
    private static final int MOST_LINES = 10_000;
    private static final Pattern MOMENT = Pattern.compile("([a-z]{3}) ([01]\\d|2[0-3]):([0-5]\\d)");
    private static final String SEVEN_LINES =
            "seven lines, Monday to Sunday, of 24 numbers with commas between them, none below 0";

    @Option(
            names = PROFILE,
            paramLabel = "NAME|FILE",
            description =
                    "Let the rate follow the hour of the week, with --rate as the week's mean: office; or a file of "
                            + "seven lines, Monday to Sunday, each of 24 numbers with commas between them, that say how busy "
                            + "each hour is.")
    private String profile;

    @Option(
            names = START,
            paramLabel = "'DAY HH:MM'",
            description = "Where in the week of --profile the run begins, such as 'tue 09:00' (default: mon 00:00). "
                    + "--speedup lets the week pass faster.")
    private String start;

    boolean isGiven() {
        return profile != null;
    }

    /** @throws InvalidInputException when the start stands alone */
    void checkAbsent() {
        if (start != null) {
            throw Quantity.wrong(START, start, "a moment in the week of " + PROFILE);
        }
    }

    WeeklyArrivals read(double ratePerSecond, double speedup) {
        return new WeeklyArrivals(ratePerSecond, weights(), startHours(), speedup);
    }

    /** Rejects a run without events. */
    static void check(Scenario scenario) {
        long runNanos = scenario.run().durationNanos();
        if (scenario.events().arrivals() instanceof WeeklyArrivals weekly
                && !(weekly.meanRatePerSecond(runNanos) > 0)) {
            throw new InvalidInputException(
                    "%s: no event is due in the %s from %s on; accepted: a busier %s, a longer run, or --speedup"
                            .formatted(PROFILE, Quantity.readable(runNanos), moment(weekly.startHours()), START));
        }
    }

    /** What someone who runs this should know. */
    static List<String> warnings(Scenario scenario) {
        long runNanos = scenario.run().durationNanos();
        if (!(scenario.events().arrivals() instanceof WeeklyArrivals weekly)
                || runNanos >= WeeklyArrivals.HOURS * weekly.hourNanos()) {
            return List.of();
        }
        return List.of("the run sees %s of the week of %s, from %s on, in which the mean rate is %s, not %s"
                .formatted(
                        Quantity.readable(Math.round(runNanos * weekly.speedup())),
                        PROFILE,
                        moment(weekly.startHours()),
                        scenario.events().rateUnit().readable(weekly.meanRatePerSecond(runNanos)),
                        scenario.events().readableRate()));
    }

    private static String moment(double hours) {
        int minutes = (int) Math.round(hours * 60);
        return "%s %02d:%02d".formatted(DAYS.get(minutes / 60 / HOURS_A_DAY), minutes / 60 % HOURS_A_DAY, minutes % 60);
    }

    private double startHours() {
        if (start == null) {
            return 0;
        }
        Matcher moment = MOMENT.matcher(start);
        int day = moment.matches() ? DAYS.indexOf(moment.group(1)) : -1;
        if (day < 0) {
            throw Quantity.wrong(
                    START, start, "a day of mon, tue, wed, thu, fri, sat, sun and a time, such as 'tue 09:00'");
        }
        return day * HOURS_A_DAY + Integer.parseInt(moment.group(2)) + Integer.parseInt(moment.group(3)) / 60.0;
    }

    private List<Double> weights() {
        boolean shipped = SHIPPED.contains(profile);
        if (!shipped && !isFile(profile)) {
            throw profile.contains("/") || profile.contains(".")
                    ? Quantity.wrong(PROFILE, profile, "a file that can be read, or " + String.join(", ", SHIPPED))
                    : Names.unknown("profile", profile, SHIPPED);
        }
        try (InputStream in = shipped
                        ? ProfileFlags.class.getResourceAsStream("profiles/" + profile + ".csv")
                        : Files.newInputStream(Path.of(profile));
                BufferedReader lines = new BufferedReader(ForeignText.of(in))) {
            return weights(lines);
        } catch (IOException e) {
            throw Quantity.wrong(PROFILE, profile, "a file that can be read (" + Failures.sentence(e) + ")");
        }
    }

    private List<Double> weights(BufferedReader lines) throws IOException {
        List<Double> weights = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null && number < MOST_LINES; line = lines.readLine()) {
            number++;
            String text = line.replaceFirst("#.*", "").strip();
            if (text.isEmpty()) {
                continue;
            }
            String[] hours = text.split(",", -1);
            if (hours.length != HOURS_A_DAY || weights.size() == WeeklyArrivals.HOURS) {
                throw wrong(
                        number,
                        weights.size() == WeeklyArrivals.HOURS
                                ? "an eighth day"
                                : "a day of " + hours.length + " numbers");
            }
            for (String hour : hours) {
                weights.add(weight(number, hour.strip()));
            }
        }
        if (weights.size() < WeeklyArrivals.HOURS) {
            throw wrong(number, "a week of " + weights.size() / HOURS_A_DAY + " days");
        }
        if (weights.stream().allMatch(weight -> weight == 0)) {
            throw wrong(number, "a week without a busy hour");
        }
        return weights;
    }

    private double weight(int line, String text) {
        if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,15})?")) {
            throw wrong(line, "'" + TerminalText.unbounded(text) + "'");
        }
        return Double.parseDouble(text);
    }

    private InvalidInputException wrong(int line, String found) {
        return new InvalidInputException(
                "%s:%d: %s is not accepted; accepted: %s".formatted(profile, line, found, SEVEN_LINES));
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
