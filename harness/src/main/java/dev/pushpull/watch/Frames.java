package dev.pushpull.watch;

import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Trait;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page is told, as server-sent events. All times are microseconds since the page was opened for. */
final class Frames {
    private static final int RETRY_MILLIS = 500;

    private final long zeroNanos;

    Frames(long zeroNanos) {
        this.zeroNanos = zeroNanos;
    }

    /** One event. */
    static byte[] event(String name, CharSequence json) {
        return ("event: " + name + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Everything anew, and how soon to ask again when the line is cut: browsers would wait for three seconds. */
    static byte[] state(CharSequence json) {
        return ("retry: " + RETRY_MILLIS + "\nevent: state\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    long micros(long nanos) {
        return (nanos - zeroNanos) / 1_000;
    }

    /** What does not change while these lanes are shown, as JSON. */
    String about(List<WatchLane> lanes) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        lanes.forEach(lane -> traits.put(lane.name(), lane.traits()));
        Map<String, Integer> colours = Modes.colours(traits);
        return RunJson.text(
                lanes.stream().map(lane -> lane(lane, colours.get(lane.name()))).toList());
    }

    private Map<String, Object> lane(WatchLane lane, int colour) {
        WatchLane.Setting setting = lane.setting();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", lane.name());
        told.put("colour", colour);
        told.put("sentence", lane.traits().sentence());
        told.put("asks", lane.traits().asks() && !lane.traits().has(Trait.PUSHES));
        told.put("sends", lane.traits().sends());
        told.put("holds", lane.traits().has(Trait.PUSHES));
        told.put("consumers", lane.tail().consumers());
        told.put("all_consumers", setting.consumers());
        told.put("shared", setting.shared());
        told.put("start", micros(lane.startNanos()));
        told.put(
                "theory",
                lane.expected().curve().stream()
                        .map(point -> List.of(point.latencyMillis(), point.probability()))
                        .toList());
        told.put("instead", lane.expected().instead());
        told.put(
                "outages",
                setting.outages().stream()
                        .map(outage -> List.of(
                                micros(lane.startNanos() + outage.startNanos()),
                                micros(lane.startNanos() + outage.endNanos())))
                        .toList());
        return told;
    }

    /**
     * What has changed in a lane. It is written by hand: this is all that the page costs a run, a few times a second.
     *
     * @param text where it is appended
     */
    void news(StringBuilder text, WatchLane lane, Tail.Part part, boolean withLatencies) {
        WatchLane.Counts counts = lane.counts().get();
        text.append("{\"counts\":[").append(counts.events());
        text.append(',').append(counts.requests());
        text.append(',').append(counts.empty());
        text.append(',').append(counts.deliveries());
        text.append("],\"lost\":").append(part.lost());
        if (withLatencies) {
            Tail.Latencies latencies = lane.tail().latencies();
            text.append(",\"up_to\":");
            numbers(text, latencies.upToNanos(), 1_000);
            text.append(",\"took\":");
            numbers(text, latencies.counts(), 1);
        }
        text.append(",\"steps\":[");
        char before = ' ';
        for (Happened step : part.steps()) {
            step(text.append(before), step);
            before = ',';
        }
        text.append("]}");
    }

    private static void numbers(StringBuilder text, List<Long> numbers, long unit) {
        char before = '[';
        for (long number : numbers) {
            text.append(before).append(number / unit);
            before = ',';
        }
        text.append(numbers.isEmpty() ? "[]" : "]");
    }

    private void step(StringBuilder text, Happened step) {
        long fromMicros = micros(step.fromNanos());
        boolean open = step.untilNanos() < step.fromNanos();
        text.append('[').append(step.step().ordinal());
        text.append(',').append(step.consumer());
        quoted(text.append(','), step.stream());
        text.append(',').append(step.sequence());
        text.append(',').append(step.number());
        text.append(',').append(fromMicros);
        text.append(',').append(open ? -1 : micros(step.untilNanos()) - fromMicros);
        text.append(',').append(step.status());
        quoted(text.append(','), step.step() == Step.OCCURRED ? "" : step.detail());
        text.append(']');
    }

    /** A string as JSON; most are empty or plain. */
    static void quoted(StringBuilder text, String string) {
        for (int i = 0; i < string.length(); i++) {
            char sign = string.charAt(i);
            if (sign < ' ' || sign == '"' || sign == '\\' || sign > '~') {
                text.append(RunJson.text(string));
                return;
            }
        }
        text.append('"').append(string).append('"');
    }
}
