package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which foreign lists are paged, asked for and told apart by {@code poll}. */
class PollSourcesTest extends ForeignEndpoints {
    @Test
    void linkHeadersLeadThroughThePagesOfEachPoll() throws Exception {
        try (RawEndpoint other = RawEndpoint.inTurn(json("[{\"id\":4}]"));
                RawEndpoint endpoint = new RawEndpoint((request, to) -> {
                    String page = request.line().replaceAll(".*[?]p=(\\d).*", "$1");
                    to.write(bytes(
                            switch (page) {
                                case "2" ->
                                    json(
                                            "[{\"id\":2},{\"id\":3}]",
                                            "Link: </items?p=1>; rel=prev, <http://" + other.authority()
                                                    + "/more>; title=\"a, b; rel=x\"; REL=\"last Next\"");
                                default -> json("[{\"id\":1}]", "Link: <items?p=2>; rel=\"next\"");
                            }));
                })) {
            pollAnswers(3, endpoint, "--items", "", "--follow", "link", "--header", "X-Key: swordfish");
            assertThat(figure("backlog")).isEqualTo(4);
            assertThat(figure("delivered")).isZero();
            assertThat(endpoint.asked().get(1).line()).startsWith("GET /items?p=2 ");
            assertThat(endpoint.asked().get(2).line()).startsWith("GET /items ");
            assertThat(endpoint.asked()).allMatch(asked -> asked.has("X-Key"));
            assertThat(other.asked()).isNotEmpty().noneMatch(asked -> asked.has("X-Key"));
        }
    }

    @Test
    void linksInACircleEndThePoll() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                json("{\"data\":[{\"id\":1}]}", "Link: </b>; rel=next"),
                json("{\"data\":[{\"id\":2}]}", "Link: </items>; rel=next"),
                NOTHING)) {
            Said said = pollAnswers(3, endpoint, "--follow", "link");
            assertThat(said.errors()).contains("the same next link came twice in one poll");
            assertThat(figure("backlog")).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--follow link --follow URL", "--follow redirects,link URL", "URL --follow=link --follow"})
    void followAloneGoesOnMeaningRedirectsAndMayStandBeforeTheUrl(String flags) throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> to.write(bytes(
                request.line().contains("/items")
                        ? answer("302 Found", "", "Location: /there")
                        : request.line().contains("/there")
                                ? json("{\"data\":[{\"id\":1}]}", "Link: </more>; rel=next")
                                : json("{\"data\":[{\"id\":2}]}"))))) {
            Said said = Said.by(
                    "",
                    List.of(("poll " + flags.replace("URL", endpoint.url()) + " --interval 1h --duration 1ms --out "
                                    + out())
                            .split(" ")));
            assertThat(said.exitCode()).as(said.errors()).isZero();
            assertThat(figure("backlog")).isEqualTo(2);
        }
    }

    @Test
    void aCursorMayBeAnywhereAndANumberAndIsKeptOverPolls() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> to.write(bytes(
                request.line().contains("since=7")
                        ? json("{\"results\":[{\"id\":\"c\"}],\"meta\":{\"last_seq\":8}}")
                        : json("{\"meta\":{\"last_seq\":7},\"results\":[{\"id\":\"a\"},{\"id\":\"b\"}]}"))))) {
            pollAnswers(2, endpoint, "--items", "/results", "--cursor", "/meta/last_seq", "--cursor-param", "since");
            assertThat(endpoint.asked().get(0).line()).startsWith("GET /items ");
            assertThat(endpoint.asked().get(1).line()).startsWith("GET /items?since=7 ");
            assertThat(endpoint.asked().get(2).line()).startsWith("GET /items?since=8 ");
            assertThat(figure("backlog")).isEqualTo(2);
            assertThat(figure("delivered")).isEqualTo(1);
        }
    }

    @Test
    void aCursorIsFollowedToItsEndInEachPollIfThatIsAskedFor() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> to.write(bytes(
                request.line().contains("page=x")
                        ? json("{\"data\":[{\"id\":2}],\"next\":\"\"}")
                        : json("{\"data\":[{\"id\":1}],\"next\":\"x\"}"))))) {
            pollAnswers(4, endpoint, "--cursor", "/next", "--cursor-param", "page", "--follow", "cursor");
            assertThat(figure("backlog")).isEqualTo(2);
            assertThat(endpoint.asked().get(2).line()).startsWith("GET /items ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":[]}", "{\"data\":[{\"id\":3}]}", "404"})
    void pagesAreNumberedUntilOneIsEmptyOrRepeatedOrNotThere(String last) throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            int page = Integer.parseInt(request.line().replaceAll(".*[?]p=(\\d+).*", "$1"));
            to.write(bytes(
                    page <= 3
                            ? json("{\"data\":[{\"id\":%d}]}".formatted(page))
                            : last.equals("404") ? answer("404 No", "") : json(last)));
        })) {
            Said said = pollAnswers(6, endpoint, "--page-param", "p");
            assertThat(figure("backlog")).isEqualTo(3);
            assertThat(figure("failed")).as(said.errors()).isZero();
            assertThat(endpoint.asked().get(4).line()).as("the next poll").startsWith("GET /items?p=1 ");
        }
    }

    /** An unchanged page still leads on. */
    @Test
    void everyPageIsAskedForByItsOwnValidator() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            boolean second = request.line().contains("/b");
            List<String> known = request.values("If-None-Match");
            String tag = second ? "\"b\"" : "\"a\"";
            to.write(bytes(
                    known.contains(tag) && !(second && request.number() > 4)
                            ? answer("304 Same", "")
                            : second
                                    ? json("{\"data\":[{\"id\":%d}]}".formatted(request.number()), "ETag: " + tag)
                                    : json("{\"data\":[{\"id\":1}]}", "ETag: " + tag, "Link: </b>; rel=next")));
        })) {
            pollAnswers(7, endpoint, "--follow", "link");
            assertThat(endpoint.asked().get(2).values("If-None-Match")).containsExactly("\"a\"");
            assertThat(endpoint.asked().get(3).values("If-None-Match")).containsExactly("\"b\"");
            assertThat(figure("not_modified")).as("the second poll").isEqualTo(1);
            assertThat(rows()).anyMatch(row -> row.startsWith("6,3,"));
        }
    }

    @Test
    void anItemIsItsIdAndVersionAndOnlyThoseAskedForCount() throws Exception {
        String firing = "{\"f\":\"x\",\"state\":\"firing\",\"at\":%s}";
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                json("[" + firing.formatted("1764115200") + ",{\"f\":\"y\",\"state\":\"gone\"}]"),
                json("[" + firing.formatted("1764115200").replace("firing", "resolved") + "]"))) {
            pollAnswers(
                    3,
                    endpoint,
                    "--items=",
                    "--id=/f",
                    "--version=/state",
                    "--where=/f=x",
                    "--time=/at",
                    "--where=/at=1764115200");
            assertThat(rows()).hasSize(2);
            assertThat(rows().get(0)).startsWith("x,1,").endsWith(",firing,2025-11-26T00:00:00.000000000Z");
            assertThat(rows().get(1)).startsWith("x,2,").contains(",resolved,");
            assertThat(figure("delivered")).isEqualTo(1);
        }
    }

    @Test
    void aPointerThatMatchesNothingIsNamedWhileItRunsWithASampleThatKeepsSecrets() throws Exception {
        String item = "{\"uuid\":%d,\"auth_token\":\"h0shh0sh\",\"text\":\"%s\",\"url\":\"http://u:h1sh@x/?sig=h2sh\"}";
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            list.append(i == 0 ? "" : ",").append(item.formatted(i, "long".repeat(200)));
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[" + list + "]}"))) {
            Said said = pollAnswers(2, endpoint, "--version", "/v", "--time", "/text", "--where", "/uuid=11");
            assertThat(said.errors())
                    .contains("--where '/uuid=11' matched none of 10 items; none of them counts; an item is {\"uuid\":")
                    .doesNotContain("h0sh", "h1sh", "h2sh");
            assertThat(said.errors().lines()).allMatch(line -> line.length() < 400);
            assertThat(said.errors().lines().filter(line -> line.contains("--where")))
                    .hasSize(1);
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[" + list + "]}"))) {
            Said said = pollAnswers(
                    2, endpoint, endpoint.url(), directory.resolve("2"), "--version", "/v", "--time", "/text");
            assertThat(said.errors())
                    .contains("--id '/id' matched none of 10 items", "--version '/v' matched none of 10 items")
                    .contains("--time '/text' matched none of 10 items");
        }
    }

    @Test
    void aLongPollTellsItsWaitAndGoesOnAtOnceAfterAnAnswerThatBroughtSomething() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() == 4) {
                Thread.sleep(100_000);
            }
            to.write(bytes(json("{\"data\":[{\"id\":%d}]}".formatted(request.number()))));
        })) {
            pollAnswers(3, endpoint, "--interval", "1h", "--wait", "60s");
            assertThat(endpoint.asked())
                    .hasSize(4)
                    .allMatch(asked -> asked.values("Prefer").equals(List.of("wait=60")));
        }
    }

    @Test
    void theWaitMayBeToldInAParameter() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(NOTHING)) {
            poll(endpoint.url(), "--wait=60s", "--wait-param=timeout", "--wait-unit=ms", "--duration=1ms");
            assertThat(endpoint.asked().get(0).line()).startsWith("GET /items?timeout=60000 ");
            assertThat(endpoint.asked().get(0).has("Prefer")).isFalse();
        }
    }

    @Test
    void aLongPollThatBringsNothingAtOnceKeepsToTheInterval() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(json("{\"data\":[{\"id\":1}]}"))) {
            poll(endpoint.url(), "--interval", "1h", "--wait", "60s", "--duration", "200ms");
            assertThat(endpoint.asked()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void anAnswerMayTakeAsLongAsTheTimeoutOnly() throws Exception {
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> Thread.sleep(100_000))) {
            Said said = poll(endpoint.url(), "--timeout", "100ms");
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(said.errors()).contains("no response within the time allowed");
        }
    }

    @Test
    void aPostHasItsBodyAndIsNotSentAgainWhenItsConnectionBreaks() throws Exception {
        Path file = Files.writeString(directory.resolve("body.json"), "{\"q\":\"h0sh\"}");
        try (RawEndpoint endpoint = new RawEndpoint((request, to) -> {
            if (request.number() == 2) {
                throw new IOException("breaks a connection that was kept");
            }
            to.write(bytes(json("{\"data\":[{\"id\":1}]}", "ETag: \"e\"")));
        })) {
            Said said = pollAnswers(3, endpoint, "--body", "@" + file, "--method", "post");
            assertThat(figure("failed")).as(said.errors()).isEqualTo(1);
            assertThat(endpoint.asked())
                    .allMatch(asked -> asked.line().startsWith("POST /items ")
                            && asked.body().equals("{\"q\":\"h0sh\"}")
                            && asked.values("Content-Type").equals(List.of("application/json"))
                            && !asked.has("If-None-Match"));
        }
    }

    @Test
    void aPostIsNotRedirectedToAnotherServerWithItsBody() throws Exception {
        try (RawEndpoint other = RawEndpoint.inTurn(NOTHING);
                RawEndpoint endpoint = RawEndpoint.inTurn(
                        answer("307 There", "", "Location: /there"),
                        answer("308 There", "", "Location: http://" + other.authority() + "/"))) {
            Said said = poll(endpoint.url(), "--body", "h0sh h0sh", "--follow");
            assertThat(said.errors()).contains("another server, and the body is not sent there");
            assertThat(endpoint.asked().get(1).line()).startsWith("POST /there ");
            assertThat(other.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version nonsense",
                "--where /type",
                "--where type=x",
                "--time x",
                "--follow=links",
                "--cursor next",
                "--cursor-param a&b",
                "--page-param=",
                "--page-param p --cursor /c",
                "--page-param p --follow link",
                "--follow link --cursor-param c",
                "--follow link,cursor",
                "--wait 0s",
                "--wait-param timeout",
                "--wait-unit ms",
                "--wait 1s --wait-unit ms",
                "--wait 1s --wait-param t --wait-unit h",
                "--timeout 0s",
                "--silence soon",
                "--format xml",
                "--format sse --items /data",
                "--format ndjson --page-param p",
                "--method put",
                "--method get --body x",
                "--body @/nowhere/at/all",
                "--version"
            })
    void whatIsNotAcceptedIsOneLineAndNothingIsWritten(String flags) {
        Said said = poll("http://127.0.0.1:1/", flags.split(" "));
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.USAGE);
        assertThat(said.errors()).hasLineCount(1).contains(flags.replaceAll("^.*?(--[a-z-]+).*$", "$1"));
        assertThat(out()).doesNotExist();
    }
}
