package dev.pushpull.cli;

import static dev.pushpull.cli.RawEndpoint.answer;
import static dev.pushpull.cli.RawEndpoint.bytes;
import static dev.pushpull.cli.RawEndpoint.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code poll} sends to which server, redirects included, and that its secrets appear nowhere. */
class PollRequestsTest extends ForeignEndpoints {
    @Test
    void credentialsInTheUrlAreSentAndShownNowhere() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(NOTHING, answer("500 Broken", ""))) {
            String url = endpoint.url().replace("//", "//al%20ice:hush%40hush@") + "?api_key=sesame&page=1";
            Said said = pollAnswers(2, endpoint, url, out(), "--header", "X-Key: swordfish", "--header=A: trout");
            assertThat(endpoint.asked().get(0).values("Authorization"))
                    .containsExactly("Basic "
                            + Base64.getEncoder().encodeToString("al ice:hush@hush".getBytes(StandardCharsets.UTF_8)));
            assertThat(endpoint.asked().get(0).line()).doesNotContain("hush").contains("api_key=sesame");
            String written = said.output() + said.errors() + allFiles();
            assertThat(written)
                    .doesNotContain("hush", "sesame", "swordfish", "trout")
                    .contains("***@" + endpoint.authority(), "page=1", "X-Key: ***");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://al:hush@127.0.0.1:1/",
                "http:\\\\al:hush@127.0.0.1:1/",
                "ftp://al:hush@127.0.0.1/",
                "al:hush@127.0.0.1",
                "http://al:hu@hush@:99999/"
            })
    void anErrorNamesTheUrlWithoutItsCredentials(String url) {
        Said said = poll(url);
        assertThat(said.exitCode()).isPositive();
        assertThat(said.errors()).hasLineCount(1).doesNotContain("hush").contains("***@");
    }

    @Test
    void aUrlWhereNoneIsExpectedIsNamedWithoutItsCredentialsToo() {
        assertThat(poll("http://127.0.0.1:1/", "http://al:hush@127.0.0.1/").errors())
                .contains("***@127.0.0.1")
                .doesNotContain("hush");
    }

    private String allFiles() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(out())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    @Test
    void aRedirectNamesItsTarget() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("302 Found", "", "Location: /else?token=hush#x"))) {
            Said said = poll(endpoint.url());
            assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(said.errors())
                    .hasLineCount(1)
                    .contains("status 302: it points to http://" + endpoint.authority() + "/else?token=***")
                    .contains("--follow");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("301 Moved", "", "Location: file:///etc/passwd"))) {
            assertThat(poll(endpoint.url(), "--follow").errors()).contains("it points to file:///etc/passwd");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("300 Choices", ""))) {
            assertThat(poll(endpoint.url()).errors()).contains("status 300: it points nowhere");
        }
    }

    @Test
    void aRedirectIsFollowedWithoutCredentialsToAnotherServer() throws Exception {
        try (RawEndpoint other = RawEndpoint.inTurn(json("{\"data\":[{\"id\":1}]}", "ETag: \"e\""));
                RawEndpoint endpoint = new RawEndpoint((request, to) -> to.write(bytes(
                        request.line().contains("/items")
                                ? answer("307 Here", "", "Location: /there")
                                : answer("302 Found", "", "Location: http://x:y@" + other.authority() + "/list"))))) {
            String url = endpoint.url().replace("//", "//al:hush@");
            pollAnswers(2, other, url, out(), "--follow", "--header", "X-Key: swordfish");
            assertThat(figure("backlog")).isEqualTo(1);
            assertThat(endpoint.asked().get(1).line()).startsWith("GET /there ");
            assertThat(endpoint.asked()).allMatch(asked -> asked.has("Authorization") && asked.has("X-Key"));
            assertThat(other.asked()).noneMatch(asked -> asked.has("Authorization") || asked.has("X-Key"));
        }
    }

    @Test
    void redirectsInACircleEnd() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(answer("302 Found", "", "Location: /items"))) {
            assertThat(poll(endpoint.url(), "--follow").errors()).contains("after 10 redirects");
            assertThat(endpoint.asked()).hasSize(11);
        }
    }

    @Test
    void aValidatorGoesBackByteForByteOrNotAtAll() throws Exception {
        String utf8 =
                new String("\"gr\u00fc\u00dfe \u65e5\"".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (RawEndpoint endpoint =
                RawEndpoint.inTurn(json("{\"data\":[]}", "ETag: " + utf8, "Last-Modified: m\u00c3\u00a4rz"))) {
            pollAnswers(2, endpoint);
            assertThat(endpoint.asked().get(1).values("If-None-Match")).containsExactly(utf8);
            assertThat(endpoint.asked().get(1).values("If-Modified-Since")).containsExactly("m\u00c3\u00a4rz");
        }
        try (RawEndpoint endpoint = RawEndpoint.inTurn(
                json("{\"data\":[]}", "ETag: \"gr\u00fc\u00dfe\"", "Last-Modified: Fri, 7 M\u00e4r"))) {
            pollAnswers(2, endpoint, endpoint.url(), directory.resolve("2"));
            assertThat(endpoint.asked()).hasSizeGreaterThan(1);
            assertThat(endpoint.asked().get(1).has("If-None-Match")).isFalse();
            assertThat(endpoint.asked().get(1).has("If-Modified-Since")).isFalse();
        }
    }

    @Test
    void aHeaderGivenTwiceIsSentTwice() throws Exception {
        try (RawEndpoint endpoint = RawEndpoint.inTurn(NOTHING)) {
            poll(endpoint.url(), "--header", "X-Tag: a", "--header", "X-Tag: b", "--duration", "1ms");
            assertThat(endpoint.asked().get(0).values("X-Tag")).containsExactly("a", "b");
        }
    }
}
