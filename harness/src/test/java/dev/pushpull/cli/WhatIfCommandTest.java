package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of sliders that needs no run, and the page of a prediction. */
class WhatIfCommandTest {
    @TempDir
    private Path directory;

    @Test
    void thePageStartsAtTheFlags() throws IOException {
        Path folder = directory.resolve("what-if");
        Said said = Said.by(
                "",
                List.of(
                        "what-if",
                        "--interval",
                        "1m",
                        "--rate",
                        "40/d",
                        "--consumers",
                        "1000",
                        "--failure-rate",
                        "0.1",
                        "--price",
                        "0.40 USD",
                        "--monthly",
                        "webhook=25",
                        "--out",
                        folder.toString()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output())
                .startsWith("what-if: Poisson arrivals")
                .contains("Polling needs fewer requests")
                .endsWith("Report: " + folder.resolve("report.html") + "\n");
        String page = Files.readString(folder.resolve("report.html"));
        assertThat(page)
                .contains("&quot;interval_s&quot;:60,", "&quot;consumers&quot;:1000,", "&quot;failure_rate&quot;:0.1,")
                .contains(
                        "&quot;price&quot;:0.4,",
                        "&quot;fixed_webhook&quot;:25,",
                        "&quot;currency&quot;:&quot;USD&quot;");
        assertThat(folder.resolve("prediction.csv")).content().contains("\npolling,poisson,", "\nwebhook,poisson,");
        assertThat(Said.by("", List.of("report", folder.toString())).output()).isEqualTo(said.output());
    }

    @Test
    void pollsBesideWebhooksAreReckonedWith() throws IOException {
        Path alone = directory.resolve("alone");
        Path polled = directory.resolve("polled");
        List<String> asked = List.of("what-if", "--failure-rate", "0.5", "--retry", "0s,10s", "--out");

        Said without = Said.by(
                "", Stream.concat(asked.stream(), Stream.of(alone.toString())).toList());
        Said with = Said.by(
                "",
                Stream.concat(asked.stream(), Stream.of(polled.toString(), "--reconcile", "1m"))
                        .toList());

        assertThat(without.output()).contains("Lost here: webhook 25");
        assertThat(with.output()).doesNotContain("Lost here").contains("fewer requests than webhooks without polls");
        assertThat(Files.readString(alone.resolve("report.html"))).contains("&quot;reconcile_s&quot;:null,");
        assertThat(Files.readString(polled.resolve("report.html"))).contains("&quot;reconcile_s&quot;:60,");
        assertThat(Said.by("", List.of("report", polled.toString())).output()).isEqualTo(with.output());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --arrivals bursty | --arrivals: 'bursty' is not accepted here
        --mode hybrid     | --mode: 'hybrid' is not accepted here
        --tls             | --tls: it is not accepted here
        --interval 0s     | --interval: '0s' is not accepted
        --price free      | --price: 'free' is not accepted
        --intervall 1m    | did you mean '--interval'?
        stray             | unknown argument 'stray'
        """)
    void badInputIsOneLine(String arguments, String words) {
        Path folder = directory.resolve("what-if");
        Said said = Said.by(
                "",
                Stream.concat(Stream.of("what-if", "--out", folder.toString()), Stream.of(arguments.split(" ")))
                        .toList());

        assertThat(said.errors()).startsWith("pushpull: ").contains(words).hasLineCount(1);
        assertThat(said.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(folder).doesNotExist();
    }

    @Test
    void whatAPresetSetsForOtherLawsChangesNothing() throws IOException {
        Path folder = directory.resolve("what-if");
        Said said = Said.by("", List.of("what-if", "--preset", "iot", "--out", folder.toString()));

        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(folder.resolve("prediction.csv")).content().contains("polling,poisson,");
    }

    /** Where other commands write; the page is in the list of results. A prediction writes only what it is told to. */
    @Test
    @Tag("live")
    void itWritesWhereOtherCommandsDo() throws IOException, InterruptedException {
        Said said = OneAfterAnother.run(directory, "what-if + predict --json + predict --out results/minutely");
        assertThat(said.exitCode()).as(said.errors()).isEqualTo(ExitCode.DONE);
        assertThat(said.output()).contains("Report: " + directory.toRealPath().resolve("results"));
        assertThat(directory.resolve("results/index.html"))
                .content()
                .contains(
                        "-what-if/report.html",
                        "minutely/report.html",
                        "polling: 250 ms, 2.00 requests, 60.7 % empty, by closed form");
        try (Stream<Path> folders = Files.list(directory.resolve("results"))) {
            assertThat(folders.map(folder -> folder.getFileName().toString()))
                    .filteredOn(name -> !name.matches("index.html|latest"))
                    .hasSize(2);
        }
    }
}
