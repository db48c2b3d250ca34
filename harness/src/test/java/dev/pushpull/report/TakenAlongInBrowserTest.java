package dev.pushpull.report;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import dev.pushpull.report.run.RunResults;
import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers take along from a page: tables, charts, the command, a summary. */
class TakenAlongInBrowserTest extends Browser {
    private Path report;

    @BeforeAll
    void write(@TempDir Path directory) throws IOException {
        RunRecord run = Runs.ordinary()
                .type("<b>|")
                .commandLine("pushpull", "compare", "--out", "/tmp/gone")
                .run();
        RunResults.write(run, Journals.of(run), directory);
        report = directory.resolve("report.html");
    }

    private void openReport() {
        share(report);
        script("document.querySelectorAll('details').forEach(each => each.open = true);"
                + " document.querySelector('#told').textContent = ''");
    }

    @Test
    void aTableIsCopiedAsItStands() {
        openReport();
        for (String table : List.of("#figures ~ .scroll table", ".claims", ".books")) {
            List<List<String>> shown = shown(table);

            String markdown = (String) script("return pushpull.markdown(arguments[0])", find(table));
            List<List<String>> rows = markdown.lines()
                    .filter(line -> !line.startsWith("| ---"))
                    .map(line -> Arrays.stream(
                                    line.substring(2, line.length() - 2).split(" \\| ", -1))
                            .map(TakenAlongInBrowserTest::unescaped)
                            .toList())
                    .toList();
            assertThat(rows).as("Markdown of " + table).isEqualTo(shown);

            String csv = (String) script("return pushpull.csv(arguments[0])", find(table));
            List<List<String>> records;
            try (var reader = CsvReader.builder().ofCsvRecord(csv)) {
                records = reader.stream()
                        .map(each -> each.getFields().stream()
                                .map(TakenAlongInBrowserTest::plain)
                                .toList())
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(records).as("CSV of " + table).isEqualTo(shown);
        }
    }

    /** What the browser shows of a table, cell by cell; what spans several cells stands in the first of a row. */
    @SuppressWarnings("unchecked")
    private List<List<String>> shown(String table) {
        List<List<String>> rows = (List<List<String>>) script("""
                const rows = [];
                [...document.querySelector(arguments[0]).rows].forEach((row, r) => {
                    rows[r] = rows[r] || [];
                    let at = 0;
                    for (const cell of row.cells) {
                        while (rows[r][at] !== undefined) at++;
                        for (let d = 0; d < cell.rowSpan; d++)
                            for (let c = 0; c < cell.colSpan; c++)
                                (rows[r + d] = rows[r + d] || [])[at + c] = c ? '' : cell.innerText;
                    }
                });
                return rows;""", table);
        return rows.stream()
                .map(row -> row.stream().map(TakenAlongInBrowserTest::plain).toList())
                .toList();
    }

    /** Without what only parts lines. */
    private static String plain(String text) {
        return text.replaceAll("[\\s;\u00a0]+", " ").strip();
    }

    private static String unescaped(String text) {
        return plain(text.replaceAll("\\\\(.)", "$1")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"));
    }

    @Test
    void aButtonPutsTheTableOnTheClipboard() {
        openReport();
        driver().executeCdpCommand(
                        "Browser.grantPermissions",
                        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
        find("#figures ~ .scroll .tools button").click();

        await("/Copied/.test(document.querySelector('#told').textContent)");
        assertThat(driver().executeAsyncScript("""
                navigator.clipboard.readText().then(arguments[arguments.length - 1])"""))
                .isEqualTo(script("return pushpull.markdown(document.querySelector('#figures ~ .scroll table'))"));
    }

    @Test
    void aBrowserThatKeepsItsClipboardToItselfIsAskedTheOldWay() {
        openReport();
        driver().executeCdpCommand("Browser.grantPermissions", Map.of("permissions", List.of("clipboardReadWrite")));
        script("window.kept = navigator.clipboard;"
                + " Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})");
        find("#how ~ .tools button").click();

        await("/Copied/.test(document.querySelector('#told').textContent)");
        assertThat(driver().executeAsyncScript("kept.readText().then(arguments[arguments.length - 1])"))
                .isEqualTo("pushpull compare");
        assertThat(all(".by-hand")).isEmpty();
        script("delete navigator.clipboard");
    }

    @Test
    void theCommandCanBeRepeatedAndTheSummaryPasted() {
        openReport();

        assertThat(find("#how ~ pre code").getText()).isEqualTo("pushpull compare");
        String summary = (String) script("return pushpull.summary()");
        assertThat(summary.lines()).hasSize(3);
        assertThat(summary.lines().findFirst()).hasValue(find("h1").getText());
        assertThat(summary).contains("polling", "webhook", "pushpull compare");
    }

    @Test
    @Order(1)
    void everyChartLeavesAsAPictureOfItself() {
        openReport();
        Object pictures = driver().executeAsyncScript("""
                const done = arguments[arguments.length - 1], made = [];
                const units = [...document.querySelectorAll('.tools')].filter(t => /PNG/.test(t.textContent))
                    .map(t => t.previousElementSibling || t.parentElement);
                const colours = ['m0', 'm1', 'ink', 'muted'].map(pushpull.colour).map(c => c.match(/\\d+/g).join(','));
                function seen(image) {
                    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
                    context.drawImage(image, 0, 0);
                    const d = context.getImageData(0, 0, image.width, image.height).data, count = {};
                    for (let i = 0; i < d.length; i += 4) {
                        const c = d[i] + ',' + d[i + 1] + ',' + d[i + 2];
                        if (d[i + 3] === 255 && colours.includes(c)) count[c] = (count[c] || 0) + 1;
                    }
                    return count;
                }
                (async () => {
                    for (const unit of units) {
                        const svg = await pushpull.picture(unit);
                        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
                        const blob = await pushpull.png(svg);
                        const bitmap = await createImageBitmap(blob);
                        const page = seen(unit.querySelector('canvas')), saved = seen(bitmap);
                        const lost = Object.keys(page).filter(c => page[c] > 50 && !(saved[c] > page[c]));
                        made.push({
                            id: unit.id, wrong: parsed.querySelector('parsererror') ? svg.slice(0, 300) : '', lost: lost.join(' '),
                            drawn: parsed.querySelectorAll('path').length, title: parsed.querySelector('title').textContent,
                            pixels: parsed.querySelectorAll('image').length, bytes: blob.size, width: bitmap.width
                        });
                    }
                    done(made);
                })().catch(e => done([{wrong: String(e.stack)}]));""");

        assertThat((List<?>) pictures).hasSizeGreaterThanOrEqualTo(7).allSatisfy(each -> {
            Map<?, ?> picture = (Map<?, ?>) each;
            assertThat(picture.get("wrong")).isEqualTo("");
            assertThat(picture.get("lost"))
                    .as("colours of %s that are lost", picture.get("id"))
                    .isEqualTo("");
            assertThat((Long) picture.get("drawn")).as("%s", picture.get("id")).isGreaterThan(5);
            assertThat((String) picture.get("title")).isNotBlank();
            assertThat((Long) picture.get("pixels")).as("%s", picture.get("id")).isZero();
            assertThat((Long) picture.get("bytes")).isGreaterThan(4_000);
            assertThat((Long) picture.get("width")).isGreaterThan(400);
        });
        assertQuiet();
    }
}
