package dev.pushpull.watch;

import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.report.shared.Modes;
import dev.pushpull.report.shared.RunJson;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.scenario.ModeTraits;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Outage;
import dev.pushpull.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the page is told, as server-sent events. All times are microseconds since the page was opened for. */
final class Frames {
    private final long zeroNanos;

    Frames(long zeroNanos) {
        this.zeroNanos = zeroNanos;
    }

    /** One event, its data one line. */
    static byte[] event(String name, Object data) {
        return ("event: " + name + "\ndata: " + RunJson.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    long micros(long nanos) {
        return (nanos - zeroNanos) / 1_000;
    }

    /** What does not change while these lanes are shown. */
    List<Map<String, Object>> lanes(List<WatchLane> lanes) {
        Map<String, ModeTraits> traits = new LinkedHashMap<>();
        lanes.forEach(lane -> traits.put(lane.name(), lane.traits()));
        Map<String, Integer> colours = Modes.colours(traits);
        return lanes.stream().map(lane -> lane(lane, colours.get(lane.name()))).toList();
    }

    private Map<String, Object> lane(WatchLane lane, int colour) {
        Scenario scenario = lane.scenario();
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", lane.name());
        told.put("colour", colour);
        told.put("sentence", lane.traits().sentence());
        told.put("asks", lane.traits().asks() && !lane.traits().has(Trait.PUSHES));
        told.put("sends", lane.traits().sends());
        told.put("holds", lane.traits().has(Trait.PUSHES));
        told.put("consumers", lane.tail().consumers());
        told.put("all_consumers", scenario.events().consumers());
        told.put("shared", scenario.events().streams() == Scenario.Streams.SHARED);
        told.put("start", micros(lane.startNanos()));
        told.put(
                "theory",
                lane.theory().stream()
                        .map(point -> List.of(point.latencyMillis(), point.probability()))
                        .toList());
        told.put(
                "outages",
                Outage.single(scenario.faults().outages()).stream()
                        .map(outage -> List.of(
                                micros(lane.startNanos() + outage.startNanos()),
                                micros(lane.startNanos() + outage.endNanos())))
                        .toList());
        return told;
    }

    /** What has changed in a lane. */
    Map<String, Object> news(WatchLane lane, Tail.Part part, boolean withLatencies) {
        Map<String, Object> told = new LinkedHashMap<>();
        WatchLane.Counts counts = lane.counts().get();
        told.put("counts", List.of(counts.events(), counts.requests(), counts.empty(), counts.deliveries()));
        told.put("steps", steps(part.steps()));
        told.put("lost", part.lost());
        if (withLatencies) {
            Tail.Latencies latencies = lane.tail().latencies();
            told.put(
                    "up_to",
                    latencies.upToNanos().stream().map(nanos -> nanos / 1e6).toList());
            told.put("took", latencies.counts());
        }
        return told;
    }

    private List<List<Object>> steps(List<Happened> steps) {
        List<List<Object>> told = new ArrayList<>();
        for (Happened step : steps) {
            boolean open = step.untilNanos() < step.fromNanos();
            told.add(List.of(
                    step.step().ordinal(),
                    step.consumer(),
                    step.stream(),
                    step.sequence(),
                    step.number(),
                    micros(step.fromNanos()),
                    open ? -1 : micros(step.untilNanos()) - micros(step.fromNanos()),
                    step.status(),
                    step.step() == Step.OCCURRED ? "" : step.detail()));
        }
        return told;
    }
}
