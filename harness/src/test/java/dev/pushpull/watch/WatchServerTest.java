package dev.pushpull.watch;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.measure.Happened;
import dev.pushpull.measure.Tail;
import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.JournalStep.Step;
import dev.pushpull.testing.RawClient;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page's server: for this page alone, and never in the way of a run. */
@Tag("live")
class WatchServerTest {
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private final Watch watch = new Watch("A run", Watch.Things.EVENTS, Optional.of(new Controls() {
        @Override
        public Map<String, Object> settings() {
            return Map.of("rate", 1.0);
        }

        @Override
        public void change(Map<String, String> to) {
            if (to.containsKey("bad")) {
                throw new InvalidInputException("'bad' is no setting; accepted: rate");
            }
            asked.add(to);
        }
    }));
    private final URI address = watch.address();

    @AfterEach
    void close() {
        watch.close();
    }

    /** RawClient's own Host is another one: here each head is written in full. */
    private RawClient.Answer request(String method, String target, String... headers) throws IOException {
        try (RawClient client = new RawClient(address)) {
            client.send((method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                            + "\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return client.answer();
        }
    }

    private String host() {
        return "Host: " + address.getAuthority();
    }

    private String origin() {
        return "Origin: http://" + address.getAuthority();
    }

    @Test
    void onlyWhoKnowsTheTokenGetsAnything() throws IOException {
        assertThat(address.getHost()).isEqualTo("127.0.0.1");
        assertThat(address.getPath()).hasSizeGreaterThan(20);
        assertThat(request("GET", address.getPath(), host()).status()).isEqualTo(200);
        assertThat(request("GET", "/", host()).status()).isEqualTo(404);
        assertThat(request("GET", "/guessed/live", host()).status()).isEqualTo(404);
        assertThat(request("GET", "/guessed/report", host()).status()).isEqualTo(404);
        assertThat(request("GET", address.getPath() + "report", host()).body()).contains("no report yet");
    }

    @Test
    void pagesOfOthersAreRefusedByTheirOriginOrTheirHost() throws IOException {
        String page = address.getPath();
        assertThat(request("GET", page, "Host: rebound.example:" + address.getPort())
                        .status())
                .isEqualTo(403);
        assertThat(request("GET", page, "Host: localhost:" + address.getPort()).status())
                .as("another origin")
                .isEqualTo(403);
        assertThat(request("GET", page + "live", host(), "Origin: http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(request("POST", page + "set?rate=2", host()).status())
                .as("no browser of today leaves it out")
                .isEqualTo(403);
        assertThat(request("POST", page + "set?rate=2", host(), "Origin: null").status())
                .isEqualTo(403);
        assertThat(asked).isEmpty();
        assertThat(request("POST", page + "set?rate=2", host(), origin()).status())
                .isEqualTo(204);
        assertThat(asked).containsExactly(Map.of("rate", "2"));
    }

    @Test
    void whatIsNotAcceptedIsSaidInALine() throws IOException {
        RawClient.Answer answer = request("POST", address.getPath() + "set?bad=1", host(), origin());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("'bad' is no setting; accepted: rate\n");
    }

    @Test
    void itsPolicyAllowsItsOwnElementsByTheirHashesAndNothingElse() throws IOException {
        String policy = request("GET", address.getPath(), host()).header("Content-Security-Policy");

        assertThat(policy)
                .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "script-src 'sha256-")
                .doesNotContain("unsafe");
    }

    @Test
    void aPageThatDoesNotReadIsSentNothingMoreAndHoldsNobodyUp() throws IOException {
        Tail tail = new Tail(1);
        try (RawClient silent = new RawClient(address)) {
            silent.send(("GET " + address.getPath() + "live HTTP/1.1\r\n" + host() + "\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            Lanes lanes = new Lanes(tail);
            watch.begins(List.of(lanes.lane("polling")), () -> 0);
            String words = "x".repeat(300_000); // no kernel keeps many of them
            eventually("frames are dropped", () -> {
                tail.add(new Happened(Step.POLL, 0, "", 0, 0, 1, 2, 500, words));
                return watch.dropped() > 2;
            });
            assertThat(request("GET", address.getPath(), host()).status()).isEqualTo(200);
        }
    }

    @Test
    void lanesThatBeginAsSoonAsThePageIsOpenedAreShown() throws IOException {
        try (Watch quick = new Watch("A run", Watch.Things.EVENTS, Optional.empty());
                RawClient page = new RawClient(quick.address())) {
            quick.begins(List.of(new Lanes(new Tail(1)).lane("polling")), () -> 0);
            page.send(("GET " + quick.address().getPath() + "live HTTP/1.1\r\nHost: "
                            + quick.address().getAuthority() + "\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            StringBuilder told = new StringBuilder();
            while (told.indexOf("\"lanes\":[{\"counts\":[4,3,2,1]") < 0) {
                String sign = page.readAll(1);
                assertThat(sign).as("%s", told).isNotEmpty();
                told.append(sign);
                assertThat(told.length()).as("%s", told).isLessThan(20_000);
            }
            assertThat(told).as("cut off, it is soon back").contains("retry: 500\n");
        }
    }

    @Test
    void theReportIsThereOnceItIsMade() throws IOException {
        watch.report("<!DOCTYPE html><title>report</title>".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(request("GET", address.getPath() + "report", host()).body()).contains("<title>report");
    }
}
