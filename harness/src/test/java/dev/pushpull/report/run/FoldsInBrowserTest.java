package dev.pushpull.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.report.shared.Browser;
import dev.pushpull.report.shared.Journals;
import dev.pushpull.report.shared.Runs;
import dev.pushpull.scenario.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** What a telephone has too little room for is folded there, and nowhere else. */
class FoldsInBrowserTest extends Browser {
    private static final String LONG = "details.long:not([open])";
    private static final String UNUSED = "details.unused:not([open])";

    private String html;

    @BeforeAll
    void render() {
        RunRecord run = Runs.ordinary()
                .modes(
                        "polling",
                        "conditional-polling",
                        "adaptive-polling",
                        "long-polling",
                        "sse",
                        "websocket",
                        "webhook",
                        "hybrid",
                        "thin-webhook",
                        "batched-webhook")
                .stillWarming()
                .run();
        html = HtmlReport.render(run, Journals.of(run));
    }

    private long height() {
        return (Long) script("return document.documentElement.scrollHeight");
    }

    /** As it is opened on a telephone. */
    @Test
    @Order(1)
    void aTelephoneFoldsTheManyChartsOfTenModes() throws IOException {
        window(375, 800);
        share(html);

        assertThat(all(LONG))
                .extracting(fold -> fold.findElement(By.cssSelector("summary")).getText())
                .contains("10 charts, one for each mode", "8 modes, each with what was measured");
        assertThat(find("#what-if-price").isDisplayed())
                .as("fields in which nothing is typed")
                .isFalse();
    }

    @Test
    @Order(2)
    void aWideWindowAndPaperFoldNothing() throws IOException {
        share(html);
        await("document.querySelector('" + LONG + ", " + UNUSED + "') === null");
        assertThat(all("details:is(.long, .unused) > summary")).noneMatch(WebElement::isDisplayed);

        window(375, 800);
        await("document.querySelector('" + LONG + "') !== null");
        print();
        assertThat(all(LONG + ", " + UNUSED)).isEmpty();
        script("window.dispatchEvent(new Event('afterprint'))");
    }

    @Test
    @Order(3)
    void whatIsFoldedIsThereWhenItIsAskedFor() throws IOException {
        window(375, 800);
        share(html);
        await("document.querySelector('" + LONG + "') !== null");
        long folded = height();
        for (WebElement fold : all(LONG)) {
            fold.findElement(By.cssSelector("summary")).click();
        }
        assertThat(all(LONG)).isEmpty();
        assertThat(all("#timelines canvas"))
                .hasSize(10)
                .allSatisfy(canvas -> assertThat(paintedPixels(canvas)).isGreaterThan(1_000));
        assertThat(folded).as("folded, of %s px", height()).isLessThan(2 * height() / 3);
    }

    /** The last: it opens the page anew. */
    @Test
    @Order(ALONE)
    void aFieldInWhichSomethingIsTypedIsNotFoldedOnATelephone() throws IOException {
        window(375, 800);
        Path page = Files.createTempFile(folder, "page", ".html");
        Files.writeString(page, html);
        driver().get(page.toUri() + "#whatif=price:0.4");
        await("document.documentElement.dataset.drawn !== undefined");
        assertThat(find("#what-if-price").isDisplayed()).isTrue();
        assertThat(find("#what-if-price").getAttribute("value")).isEqualTo("0.4");
    }
}
