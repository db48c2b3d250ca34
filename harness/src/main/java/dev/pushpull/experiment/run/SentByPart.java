package dev.pushpull.experiment.run;

import dev.pushpull.host.Place;
import dev.pushpull.http.MeteredHttpClient.Ending;
import dev.pushpull.http.MeteredHttpClient.Exchange;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a provider has sent to the consumers of each part of a run, so that an imbalance names the host. */
public final class SentByPart {
    private final List<Part> parts;

    /**
     * What was sent to one of them.
     *
     * @param refused of these requests, as nobody listened
     * @param broken of these, nobody knows how far they came
     */
    public record Sent(long requests, long refused, long broken) {}

    private record Part(Place place, LongAdder requests, LongAdder refused, LongAdder broken) {
        Part(Place place) {
            this(place, new LongAdder(), new LongAdder(), new LongAdder());
        }

        Sent sent() {
            return new Sent(requests.sum(), refused.sum(), broken.sum());
        }
    }

    SentByPart(List<Place> places) {
        parts = places.stream().map(Part::new).toList();
    }

    void attempted(int consumer, Exchange exchange) {
        for (Part part : parts) {
            if (part.place().has(consumer)) {
                part.requests().increment();
                part.refused().add(exchange.ending() == Ending.REFUSED ? 1 : 0);
                part.broken().add(exchange.ending() == Ending.CUT_OFF || exchange.ending() == Ending.TIMED_OUT ? 1 : 0);
            }
        }
    }

    List<Sent> all() {
        return parts.stream().map(Part::sent).toList();
    }
}
