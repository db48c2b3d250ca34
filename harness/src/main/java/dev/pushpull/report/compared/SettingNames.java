package dev.pushpull.report.compared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pushpull.report.shared.Decimals;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.scenario.Scenario;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The fields of {@code run.json} in the words of the reports, with the flag that sets each. A field that nobody has named
 * here is called by its path, in words.
 */
final class SettingNames {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("events.arrivals.kind", "law of the events (--arrivals)"),
            Map.entry("events.arrivals.rate_per_second", "events of one stream (--rate)"),
            Map.entry("events.arrivals.burst_rate_per_second", "events within a burst (--burst-rate)"),
            Map.entry("events.arrivals.mean_on_nanos", "mean length of a burst (--mean-on)"),
            Map.entry("events.arrivals.mean_off_nanos", "mean length of a silence (--mean-off)"),
            Map.entry("events.streams", "streams (--streams)"),
            Map.entry("events.consumers", "consumers (--consumers)"),
            Map.entry("events.payload_bytes", "payload (--payload)"),
            Map.entry("events.type", "type of the events (--event-type)"),
            Map.entry("events.retention", "events kept for pollers (--retention)"),
            Map.entry("polling.interval_nanos", "poll interval (--interval)"),
            Map.entry("polling.page_limit", "most events in a response (--page-limit)"),
            Map.entry("polling.phase", "when consumers poll (--phase)"),
            Map.entry("polling.quota.requests", "polls that the quota allows (--quota)"),
            Map.entry("polling.quota.window_nanos", "time that the quota is for (--quota)"),
            Map.entry("webhooks.scheme", "signature scheme (--scheme)"),
            Map.entry("webhooks.retries.delays_nanos", "waits before each attempt (--retry)"),
            Map.entry("webhooks.retries.jitter", "random part of those waits (--retry-jitter)"),
            Map.entry("webhooks.max_in_flight", "most attempts in flight (--in-flight)"),
            Map.entry(
                    "webhooks.max_in_flight_per_endpoint",
                    "most attempts in flight to one endpoint (--in-flight-per-endpoint)"),
            Map.entry("webhooks.connect_timeout_nanos", "timeout for opening a connection (--connect-timeout)"),
            Map.entry("webhooks.response_timeout_nanos", "timeout for the receiver’s response (--response-timeout)"),
            Map.entry("webhooks.inbox", "where receivers save webhooks (--inbox)"),
            Map.entry("webhooks.outbox", "where the provider saves deliveries (--outbox)"),
            Map.entry("webhooks.disabling.failures", "failures before an endpoint is paused (--disable)"),
            Map.entry("webhooks.disabling.pause_nanos", "the first pause of an endpoint (--disable)"),
            Map.entry("webhooks.disabling.most_pause_nanos", "the longest pause of an endpoint (--disable)"),
            Map.entry("webhooks.disabling.failures_for_good", "failures before an endpoint is given up (--disable)"),
            Map.entry("webhooks.sender", "what sends webhooks (--sender)"),
            Map.entry("network.poll_response_nanos", "time a response takes (--poll-leg)"),
            Map.entry("network.webhook_nanos", "time a webhook takes (--webhook-leg)"),
            Map.entry("wire.tls", "encrypted connections (--tls)"),
            Map.entry("wire.rtt_nanos", "round-trip time (--rtt)"),
            Map.entry("wire.keep_alive_nanos", "how long idle connections are kept (--keep-alive)"),
            Map.entry("faults.outages", "outages (--outage)"),
            Map.entry("faults.mean_up_nanos", "mean time between random outages (--mean-up)"),
            Map.entry("faults.mean_down_nanos", "mean length of a random outage (--mean-down)"),
            Map.entry("faults.failure_rate", "attempts that fail by chance (--failure-rate)"),
            Map.entry("run.modes", "modes (--mode)"),
            Map.entry("run.duration_nanos", "measured time (--duration)"),
            Map.entry("run.drain_nanos", "longest wait at the end (--drain)"),
            Map.entry("run.seed", "seed (--seed)"),
            Map.entry("run.isolate", "modes run one after another (--isolate)"),
            Map.entry("pricing.per_million", "price of a million requests (--price)"),
            Map.entry("pricing.currency", "currency"),
            Map.entry("measured_nanos", "time that was measured"));

    private static final String MODE_OPTIONS = "mode_options.";
    private static final String MONTHLY = "pricing.monthly.";
    private static final String MACHINE = "environment.";
    private static final String NANOS = "_nanos";

    private SettingNames() {}

    /** {@code poll interval (--interval)} for {@code polling.interval_nanos}. */
    static String of(String field) {
        if (field.startsWith(MODE_OPTIONS)) {
            return field.substring(MODE_OPTIONS.length());
        }
        if (field.startsWith(MONTHLY)) {
            return "fixed sum a month, " + field.substring(MONTHLY.length()) + " (--monthly)";
        }
        if (field.startsWith(MACHINE)) {
            return field.substring(MACHINE.length());
        }
        String words = field.endsWith(NANOS) ? field.substring(0, field.length() - NANOS.length()) : field;
        return NAMES.getOrDefault(field, words.replace('.', ' ').replace('_', ' '));
    }

    /** A value as it is typed or as reports write it: {@code 500ms}, {@code per-consumer}, {@code yes}. */
    static String value(String field, JsonNode node) {
        if (node.isArray()) {
            return node.isEmpty()
                    ? "none"
                    : StreamSupport.stream(node.spliterator(), false)
                            .map(each -> value(field, each))
                            .collect(Collectors.joining(", "));
        }
        if (node.isObject() && node.has("start_nanos") && node.has("length_nanos")) {
            return duration(node.get("length_nanos")) + "@" + duration(node.get("start_nanos"));
        }
        if (node.isIntegralNumber() && field.endsWith(NANOS)) {
            return duration(node);
        }
        if (node.isNumber() && field.endsWith("rate_per_second")) {
            return Quantity.rate(node.asDouble());
        }
        if (node.isIntegralNumber()) {
            boolean size = field.endsWith("_bytes");
            return field.endsWith("seed")
                    ? node.asText()
                    : size ? Quantity.size(node.asLong()) : Decimals.count(node.asLong());
        }
        if (node.isBoolean()) {
            return node.asBoolean() ? "yes" : "no";
        }
        if (node.isTextual()) {
            String text = node.asText();
            // the constants of a closed choice are typed in lower case
            return text.matches("[A-Z]+(_[A-Z]+)*") && !field.equals("pricing.currency") && !field.startsWith(MACHINE)
                    ? text.toLowerCase(Locale.ROOT).replace('_', '-')
                    : text;
        }
        return node.toString();
    }

    private static String duration(JsonNode nanos) {
        return nanos.asLong() == Scenario.Wire.AS_USUAL ? "as usual" : Quantity.duration(nanos.asLong());
    }
}
