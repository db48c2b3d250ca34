package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a receiver does not take on its command line. */
class ReceiveRefusalsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        receive --port 0                              | --secret: it is missing
        receive --secret whsec_AAAA                   | --secret: it is not accepted for standard-webhooks
        receive --secret s --scheme gihub             | did you mean 'github'?
        receive --subscribe nowhere                   | --subscribe: 'nowhere' is not accepted
        receive --secret s --scheme slack --inbox x.sql | --inbox: 'x.sql' is not accepted
        receive --secret s --scheme none              | --secret: it is not accepted with --scheme none
        receive --scheme none --subscribe http://127.0.0.1:1 | --scheme: none is not accepted with --subscribe
        receive --secret s --scheme gitlab --path hooks | --path: 'hooks' is not accepted
        receive --secret s --scheme gitlab --path /a --path /a | --path: '/a' is not accepted
        receive --scheme basic                        | --secret: it is missing; --scheme basic requires USER:PASSWORD
        receive --scheme basic --secret nocolon       | --secret: it is not accepted for basic; accepted: USER:PASSWORD
        receive --scheme bearer --secret-file /nowhere/s | --secret-file: '/nowhere/s' is not accepted
        receive --scheme header --secret X-Token      | --secret: it is not accepted for header; accepted: 'NAME: VALUE'
        receive --scheme header --secret X-Token:     | --secret: it is not accepted for header
        receive --scheme bearer --secret t --auth bearer:t | --auth: it is not accepted with --scheme bearer
        receive --scheme bearer --secret t --subscribe http://127.0.0.1:1 | --scheme: bearer is not accepted with --subscribe
        receive --scheme beerer --secret t            | did you mean 'bearer'?
        receive --secret s --scheme gitlab --push-items data | --push-items: 'data' is not accepted
        receive --secret s --scheme gitlab --push-id id | --push-id: 'id' is not accepted
        receive --secret s --scheme gitlab --push-where /a | --push-where: '/a' is not accepted
        receive --secret s --scheme gitlab --push-where a=b | --push-where: 'a' is not accepted
        receive --secret s --scheme gitlab --path /a?b | --path: '/a?b' is not accepted
        receive --secret s --scheme gitlab --path /a%20b | --path: '/a%20b' is not accepted
        receive --secret s --scheme twilio --public-url me.example | --public-url: 'me.example' is not accepted
        receive --secret s --scheme twilio --public-url https://me.example/#a | a URL without #
        receive --secret s --scheme twilio --public-url https://me.example/?a | a URL without a query
        receive --secret s --scheme twilio --public-url https://me:pw@me.example | --public-url: a URL with user or password
        receive --subscribe http://me:pw@127.0.0.1:1  | --subscribe: a URL with user or password
        receive --subscribe http://127.0.0.1:1 --callback http://127.0.0.1/#a | --callback: 'http://127.0.0.1/#a' is not accepted
        receive --subscribe http://127.0.0.1:1 --callback http://me:pw@127.0.0.1/ | --callback: a URL with user or password
        receive --subscribe http://127.0.0.1:1 --callback nowhere | --callback: 'nowhere' is not accepted
        receive --secret s --scheme gitlab --auth s3cret | --auth: it is not accepted; accepted: basic:USER:PASSWORD
        receive --secret s --scheme gitlab --auth basic:s3cret | --auth: it is not accepted
        receive --secret s --scheme gitlab --auth basic:me: | --auth: it is not accepted
        receive --secret s --scheme gitlab --auth bearer: | --auth: it is not accepted
        receive --secret s --scheme gitlab --auth header:s3cret | --auth: it is not accepted
        receive --secret s --scheme gitlab --auth header:X= | --auth: it is not accepted
        receive --secret s --scheme gitlab --keep 0d  | --keep: '0d' is not accepted
        """)
    void badInputIsRefusedInOneLineBeforeAnythingRuns(String arguments, String named) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--out", directory.resolve("out").toString()));
        Said said = Said.by("", all);
        assertThat(said.errors()).contains(named).startsWith("pushpull: ").hasLineCount(1);
        assertThat(said.errors()).doesNotContain("s3cret", ":pw");
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(directory.resolve("out")).doesNotExist();
    }
}
