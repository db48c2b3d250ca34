package dev.pushpull.advice;

import dev.pushpull.scenario.AdviceRecord.Candidate;
import dev.pushpull.scenario.AdviceRecord.ProviderSide;
import dev.pushpull.scenario.CapacityAnswer.Rate;
import dev.pushpull.scenario.ModeTraits.Trait;
import dev.pushpull.scenario.Scenario;
import dev.pushpull.schedule.Endpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What each way of delivery takes the provider: what it sends and answers a second, slots in flight (Little's law), what
 * it holds open, and how many machines that is by measured capacities.
 */
public final class ProviderView {
    private static final String SENT = "webhooks/s";
    private static final String ANSWERED = "polls/s";

    private final Question question;
    private final Endpoints endpoints;
    private final Map<String, Rate> capacities;

    /** @param capacities of one machine, by path of {@code capacity}; empty when none were measured */
    public ProviderView(Question question, Endpoints endpoints, Map<String, Rate> capacities) {
        this.question = question;
        this.endpoints = endpoints;
        this.capacities = capacities;
    }

    /** One for each mode with figures, and one for polling at the quota, where there is one. */
    public List<ProviderSide> of(List<Candidate> candidates) {
        List<ProviderSide> sides = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!candidate.figures().isEmpty()) {
                sides.add(side(candidate));
            }
        }
        double quota = question.terms().quotaPerSecond();
        if (quota > 0) {
            double polls = quota * question.scenario().events().streamCount();
            sides.add(new ProviderSide(
                    "polling at the quota", Map.of(ANSWERED, polls), machines("poll-empty", polls, ""), "predicted"));
        }
        return sides;
    }

    private ProviderSide side(Candidate candidate) {
        double all = candidate.figure("requests_per_second").orElse(0.0);
        double polls = candidate.figure("provider_requests_per_second").orElse(0.0);
        double good = all - polls;
        Map<String, Double> figures = new LinkedHashMap<>();
        List<String> machines = new ArrayList<>();
        if (candidate.traits().sends()) {
            sent(figures, good);
            machines.add(machines("webhook-signed", figures.get(SENT), ", whose driver signs and sends them"));
        }
        if (polls > 0) {
            figures.put(ANSWERED, polls);
            String path = candidate.traits().has(Trait.HOLDS_CONNECTIONS)
                    ? "long-poll"
                    : candidate.traits().has(Trait.BARE_WHEN_EMPTY) ? "poll-304" : "poll-empty";
            machines.add(machines(path, polls, ""));
        }
        candidate.figure("held_connections").filter(held -> held > 0).ifPresent(held -> figures.put("held open", held));
        return new ProviderSide(
                candidate.mode(),
                figures,
                String.join(
                        "; ", machines.stream().filter(text -> !text.isEmpty()).toList()),
                candidate.answer());
    }

    /**
     * A dead endpoint takes every attempt; if it keeps silent instead of refusing, each until its time is up. A slow one
     * keeps its slot for long.
     */
    private void sent(Map<String, Double> figures, double good) {
        Scenario.Webhooks webhooks = question.scenario().webhooks();
        double attempts = webhooks.retries().delaysNanos().size();
        double dead =
                endpoints.dead().stream().mapToDouble(Endpoints.Dead::share).sum();
        double deadSent = good * dead * attempts;
        double fast = good * (1 - dead);
        double slowSent = 0;
        double slowSlots = 0;
        for (Endpoints.Slow some : endpoints.slow()) {
            long answerNanos = Math.min(some.answerNanos(), webhooks.responseTimeoutNanos());
            double sent = good * some.share() * (some.answerNanos() > answerNanos ? attempts : 1);
            fast -= good * some.share();
            slowSent += sent;
            slowSlots += sent * answerNanos / 1e9;
        }
        double answer = 2e-9 * question.scenario().network().webhookNanos()
                + question.scenario().wire().rttNanos() / 1e9;
        double deadSlots = deadSent * webhooks.connectTimeoutNanos() / 1e9;
        figures.put(SENT, fast + slowSent + deadSent);
        figures.put("slots in flight", fast * answer + slowSlots + deadSlots);
        if (deadSent > 0) {
            figures.put("of them to dead endpoints, if silent", deadSlots);
        }
    }

    private String machines(String path, double perSecond, String how) {
        Rate rate = capacities.get(path);
        if (rate == null || !(perSecond > 0)) {
            return "";
        }
        double one = perSecond / rate.perSecond();
        double low = perSecond / rate.highPerSecond();
        double high = perSecond / rate.lowPerSecond();
        boolean several = one > 1;
        return "%s that %s/s by %s (95 %%: %s to %s)%s"
                .formatted(
                        several ? Constraint.number(Math.ceil(one)) + " machines" : percent(one) + " of a machine",
                        (several ? "carry " : "carries ") + Constraint.number(rate.perSecond()),
                        path,
                        several ? Constraint.number(Math.ceil(low)) : percent(low),
                        several ? Constraint.number(Math.ceil(high)) : percent(high),
                        how);
    }

    private static String percent(double share) {
        return Constraint.number(100 * share) + " %";
    }
}
