package dev.pushpull.report;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PageInBrowserTest extends Browser {
    @Test
    void opensQuietly() throws IOException {
        open(HtmlReport.render(Runs.ordinary().run()));
        assertQuiet();
        assertAccessible();
    }
}
