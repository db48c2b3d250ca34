package dev.pushpull.delivery.thin;

import dev.pushpull.delivery.ArrivalClosedForms;
import dev.pushpull.delivery.FigureSheet;
import dev.pushpull.delivery.FigureSheet.Quantile;
import dev.pushpull.delivery.WebhookClosedForms;
import dev.pushpull.scenario.Distribution;
import dev.pushpull.scenario.Prediction;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.TraceArrivals;
import dev.pushpull.surface.SurfaceBytes;
import dev.pushpull.surface.TlsBytes;
import dev.pushpull.theory.ByteCosts;
import dev.pushpull.theory.NotifiedReads;
import dev.pushpull.theory.NotifiedReads.Course;
import java.util.Optional;

/** Closed forms of thin webhooks without faults (docs/theory.md section 15). */
final class ThinTheory {
    private static final double ONE_PAGE = 1.001;
    private static final double NO_LOSS = 1e-9;

    /** What happens to fewer than one event in a thousand is left out. */
    private static final double RARE = 1e-3;

    /** A leg that varies is of no account beside a wait this many times as long. */
    private static final double MUCH_LONGER = 20;

    private final Scenario scenario;
    private final FigureSheet sheet;
    private final ArrivalClosedForms arrivals;
    private final WhenNotVisible otherwise;

    /** Seconds of the way back, from the look to the consumer; and of a new connection, where each exchange opens one. */
    private final double back;

    private final double setUp;
    private final boolean opening;
    private final double pingLeg;
    private final double requestLeg;
    private final NotifiedReads form;

    /** Seconds from one look to the next where the first did not bring all. */
    private final double again;

    /** Whether the legs always take exactly as long as the scenario says, even no time. */
    private final boolean exact;

    private ThinTheory(Scenario scenario, boolean exact) {
        this.exact = exact;
        this.scenario = scenario;
        this.sheet = new FigureSheet(scenario);
        this.arrivals = ArrivalClosedForms.of(scenario);
        this.otherwise = ThinOptions.WHEN_NOT_VISIBLE.in(scenario);
        Scenario.Wire wire = scenario.wire();
        this.opening = wire.modelled() && wire.keptNanos() == 0;
        this.setUp = opening ? wire.setUpNanos() / 1e9 : 0;
        this.back = (scenario.network().pollResponseNanos() + wire.legNanos()) / 1e9;
        this.pingLeg = (scenario.network().webhookNanos() + wire.legNanos()) / 1e9 + setUp;
        this.requestLeg = back + setUp;
        this.form = new NotifiedReads(
                arrivals.rate(),
                pingLeg + requestLeg,
                ThinOptions.DEBOUNCE.in(scenario) / 1e9,
                ThinOptions.VISIBILITY_LAG.in(scenario) / 1e9);
        this.again = ThinOptions.AGAIN_AFTER.in(scenario) / 1e9 + requestLeg + back;
    }

    static Prediction predict(Scenario scenario) {
        return predict(scenario, false);
    }

    /** @param exact whether the legs always take exactly as long as the scenario says, even no time */
    static Prediction predict(Scenario scenario, boolean exact) {
        ThinTheory theory = new ThinTheory(scenario, exact);
        if (theory.known()) {
            theory.write();
        }
        return theory.sheet.prediction();
    }

    private boolean known() {
        Scenario.Faults faults = scenario.faults();
        Scenario.Wire wire = scenario.wire();
        boolean faultless = faults.outages().isEmpty()
                && faults.meanDownNanos() == 0
                && WebhookClosedForms.unknownToSender(faults) == 0;
        boolean alike = opening || !wire.modelled() || wire.setUpNanos() == 0;
        boolean sentAtOnce = scenario.webhooks().retries().delaysNanos().get(0) == 0;
        boolean eachByItself = form.delay() == 0
                && form.lag() == 0
                && !(scenario.events().arrivals() instanceof TraceArrivals); // where several may occur at once
        double longest = form.delay() + (form.alwaysVisible() ? 0 : form.lag() + again);
        boolean onePage = longest == 0 || arrivals.requests(longest) < ONE_PAGE && arrivals.lost(longest) < NO_LOSS;
        return faultless
                && alike
                && sentAtOnce
                && (arrivals.isPoisson() || eachByItself)
                && onePage
                && arrivals.rate() * waitsForTheAnswer() < RARE;
    }

    /** For how long after a read's look an event comes too soon: its read must wait for the answer to that one. */
    private double waitsForTheAnswer() {
        double roundTrip = requestLeg + back;
        if (form.alwaysVisible()) {
            return back + form.lag() - pingLeg - form.debounce();
        }
        return otherwise == WhenNotVisible.NEXT_PING ? roundTrip : roundTrip - form.debounce();
    }

    private Course course() {
        return switch (otherwise) {
            case AGAIN -> form.again(again);
            case NEXT_PING -> form.nextNotice();
            case SKIP -> form.skipped();
        };
    }

    private void write() {
        Course course = course();
        String what = "Poisson arrivals; K = %s ms from event to read%s; legs constant (section 15)"
                .formatted(Math.rint(1e6 * form.delay()) / 1e3, lag());
        latency(course, what);
        sheet.put("wasted_ratio", course.emptyShare(), form.alwaysVisible() ? "0" : "reads before it is visible", what);
        double reads = course.readsPerEvent();
        double arrived = 1 - course.lost();
        boolean plain = form.lag() == 0;
        sheet.put(
                "requests_per_delivery",
                arrived < NO_LOSS ? Double.NaN : (1 + reads) / arrived,
                plain ? "1 + 1/(1+λK)" : "(1 + reads/event) / (1 - lost)",
                "each event has its webhook; " + what);
        bytes(reads, course.emptyShare(), arrived, what);
        sheet.put("lost_ratio", course.lost(), course.lost() == 0 ? "0" : "told of, not visible, skipped", what);
        sheet.requests(arrivals.rate() * (1 + reads), plain ? "N λ (1 + 1/(1+λK))" : "N λ (1 + reads/event)", what);
        sheet.put(
                "rate_limited_requests_per_s",
                arrivals.rate() * reads,
                plain ? "λ/(1+λK)" : "λ reads/event",
                "each read counts, no webhook (section 4); " + what);
        if (opening) {
            double events = arrivals.rate() * scenario.run().durationNanos() / 1e9;
            sheet.put(
                    "connections_opened",
                    scenario.events().consumers() * events * (1 + reads),
                    "N λ run (1 + reads/event)",
                    "each exchange opens one (section 13); " + what);
        }
    }

    private String lag() {
        return form.lag() == 0
                ? ""
                : ", visible after ℓ = %s ms, else %s".formatted(Math.rint(1e6 * form.lag()) / 1e3, otherwise.text());
    }

    private void latency(Course course, String what) {
        double mean = back + course.meanDelay();
        if (!(mean > 0) && !exact) {
            return; // nobody said how long the legs take
        }
        sheet.put(
                "latency_mean_ms",
                1e3 * mean,
                form.lag() == 0 ? "v + K (1 + λK/2)/(1+λK)" : "v + E[delay until visible to a read]",
                what);
        Optional<Distribution> drawn = scenario.network().drawn(Scenario.Leg.WEBHOOK);
        boolean waits = exact || arrivals.rate() * form.delay() > RARE || form.lag() > 0;
        boolean constant = drawn.isEmpty() || form.debounce() > MUCH_LONGER * form.leg();
        if (constant && waits && form.alwaysVisible()) {
            sheet.quantiles(
                    p -> back + form.visibleQuantile(p),
                    form.lag() == 0 ? "v + min(K, p (1+λK)/λ)" : "v + min(K, ℓ + p (1 + λ(K-ℓ))/λ)",
                    what);
        } else if (constant && waits && !form.alwaysVisible() && otherwise == WhenNotVisible.NEXT_PING) {
            sheet.quantiles(p -> back + form.lag() - Math.log1p(-p) / form.rate(), "v + ℓ + ln(1/(1-p))/λ", what);
        } else if (drawn.isPresent() && !waits) {
            double rest = setUp + scenario.wire().legNanos() / 1e9 + requestLeg + form.debounce() + back;
            sheet.quantiles(p -> drawn.get().valueAt(p) / 1e9 + rest, "d at p + K - d + v", what);
        } else if (!waits) { // of the legs, only the middle is known
            sheet.put(Quantile.P50.column(), 1e3 * mean, "v + K", what);
        }
    }

    /** Without what connections kept for a while cost, where they cost anything. */
    private void bytes(double reads, double empty, double arrived, String what) {
        if (arrived < NO_LOSS || scenario.wire().tls() && !opening) {
            return;
        }
        ByteCosts costs = SurfaceBytes.plain(scenario, 1);
        double ping = SurfaceBytes.webhook(scenario, Ping.bytes(scenario));
        double handshakes =
                opening ? TlsBytes.toReceiver(scenario.wire()) + reads * TlsBytes.toProvider(scenario.wire()) : 0;
        double reading = reads * (costs.request() + empty * costs.emptyReply() + (1 - empty) * costs.pageOverhead());
        sheet.put(
                "bytes_per_delivery",
                (ping + reading + handshakes) / arrived + costs.perEvent(),
                form.lag() == 0
                        ? "q_w + a + (q + h)/(1+λK) + s"
                        : "(q_w + a + (q + e w + h (1-w)) reads/event) / (1 - lost) + s",
                "%.0f bytes a webhook, answer included; bytes of this program's surface (section 4); %s"
                        .formatted(ping, what));
    }
}
