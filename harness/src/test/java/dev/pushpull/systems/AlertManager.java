package dev.pushpull.systems;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Prometheus' Alertmanager. It pushes a group's alerts in one message, all of them again whenever one changes; its list
 * has the alerts of this moment.
 */
final class AlertManager implements AutoCloseable {
    private static final String NAME = "alertmanager";

    private final SystemProcess process;
    private final String url;

    private AlertManager(SystemProcess process, String url) {
        this.process = process;
        this.url = url;
    }

    /** @param hook where it pushes to, with its credential */
    static AlertManager started(Path directory, String hook) throws IOException {
        Path program = InstalledSystem.program("prometheus-alertmanager", NAME);
        InstalledSystem.needs(Path.of("/usr/share/prometheus/alertmanager/default.tmpl"), NAME);
        Path settings = Files.writeString(directory.resolve("alertmanager.yml"), """
                route:
                  receiver: hook
                  group_by: ['service']
                  group_wait: 200ms
                  group_interval: 1s
                  repeat_interval: 1h
                receivers:
                  - name: hook
                    webhook_configs:
                      - url: %s
                        send_resolved: true
                        http_config:
                          basic_auth: {username: alert, password: manager}
                """.formatted(hook));
        String address = "127.0.0.1:" + InstalledSystem.freePort();
        SystemProcess process = SystemProcess.start(
                directory,
                Map.of(),
                List.of(
                        program.toString(),
                        "--config.file=" + settings,
                        "--storage.path=" + directory.resolve("alerts"),
                        "--web.listen-address=" + address,
                        "--cluster.listen-address="));
        AlertManager manager = new AlertManager(process, "http://" + address);
        process.await("the alert manager is ready", () -> Calls.isReady(manager.url + "/-/ready"));
        return manager;
    }

    String alerts() {
        return url + "/api/v2/alerts";
    }

    void fires(String service, String... names) {
        String alerts = Arrays.stream(names)
                .map(name -> "{\"labels\":{\"alertname\":\"%s\",\"service\":\"%s\"}}".formatted(name, service))
                .collect(Collectors.joining(",", "[", "]"));
        Calls.made("POST", alerts(), alerts);
    }

    /** Its id of the only alert of a service. */
    String id(String service) {
        String filter = URLEncoder.encode("service=\"%s\"".formatted(service), StandardCharsets.UTF_8);
        return Calls.json(Calls.made("GET", alerts() + "?filter=" + filter, ""))
                .at("/0/fingerprint")
                .asText();
    }

    /** From now on it is not in the list. */
    void resolves(String service, String name) {
        Calls.made("POST", alerts(), """
                        [{"labels":{"alertname":"%s","service":"%s"},"endsAt":"%s"}]
                        """.formatted(name, service, Instant.now()));
    }

    /** The list shows its alerts, but nothing is pushed. */
    void silences(String service) {
        Instant now = Instant.now();
        Calls.made("POST", url + "/api/v2/silences", """
                        {"matchers":[{"name":"service","value":"%s","isRegex":false,"isEqual":true}],
                         "startsAt":"%s","endsAt":"%s","createdBy":"a test","comment":"none"}
                        """.formatted(service, now, now.plusSeconds(600)));
    }

    /** The messages that it has pushed, by its own count. */
    long notifications() {
        return metric("alertmanager_notifications_total\\{integration=\"webhook\"\\}");
    }

    /** Alerts that fired, by its own count. */
    long fired() {
        return metric("alertmanager_alerts_received_total\\{status=\"firing\",version=\"v2\"\\}");
    }

    private long metric(String name) {
        Matcher found = Pattern.compile("(?m)^" + name + " (\\d+)$").matcher(Calls.text(url + "/metrics"));
        return found.find() ? Long.parseLong(found.group(1)) : 0;
    }

    @Override
    public void close() {
        process.close();
    }
}
