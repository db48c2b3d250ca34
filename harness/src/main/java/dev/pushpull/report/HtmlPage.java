package dev.pushpull.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.pushpull.scenario.Secrets;
import java.io.StringReader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in one file with everything in it, which asks no network for anything (its content policy would not let it). All
 * text is escaped by the template engine; what its scripts draw stands in it as JSON that cannot end its element.
 */
final class HtmlPage {
    private HtmlPage() {}

    /**
     * The whole page.
     *
     * @param title of the page, the run's name
     * @param style raw CSS
     * @param script raw JavaScript
     * @param data JSON, safe within a script element
     */
    record Page(String title, Object view, String style, String script, String data) {}

    /**
     * A page from a template beside this class, with the style and script that all pages share.
     *
     * @param title the run's name
     * @param view what the template shows
     * @param data what the scripts draw, and the files to take away as {@code downloads}
     * @param scripts beside this class, after the shared ones
     */
    static String page(String template, String title, Object view, Object data, String... scripts) {
        return compiled(template)
                .execute(new Page(title, view, style(), script(scripts), inScript(RunJson.text(data))));
    }

    /** A template beside this class, which escapes all that it is not told to leave alone, and may take in others. */
    static Template compiled(String name) {
        return Mustache.compiler()
                .withEscaper(text -> Escapers.HTML.escape(Secrets.masked(text)))
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .withLoader(partial -> new StringReader(Resources.beside(partial + ".html")))
                .compile(Resources.beside(name));
    }

    /** The library's and our own. */
    static String style() {
        return Resources.webjar("uplot", "dist/uPlot.min.css") + Resources.beside("report.css");
    }

    private static String script(String... names) {
        return chartLibrary()
                + Stream.concat(Stream.of("page.js", "charts.js"), Stream.of(names))
                        .map(Resources::beside)
                        .collect(Collectors.joining("\n"));
    }

    /** The chart library under its licence. */
    static String chartLibrary() {
        return "/* uPlot, inlined under its licence:\n" + Resources.webjar("uplot", "LICENSE") + "*/\n"
                + Resources.webjar("uplot", "dist/uPlot.iife.min.js") + "\n";
    }

    /** JSON in which nothing can be taken for markup: only its strings can hold these characters. */
    static String inScript(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
