package dev.pushpull.report;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.pushpull.scenario.RunRecord;

/**
 * {@code report.html}: one file with everything in it, which asks no network for anything (its content policy would not
 * let it). All text is escaped by the template engine; the charts' data stand in it as JSON that cannot end its element.
 */
final class HtmlReport {
    private HtmlReport() {}

    /**
     * The whole page.
     *
     * @param style raw CSS
     * @param script raw JavaScript
     * @param data JSON, safe within a script element
     */
    record Page(HtmlView view, String style, String script, String data) {}

    static String render(RunRecord run) {
        Page page = new Page(
                HtmlView.of(run),
                Resources.uplot("dist/uPlot.min.css") + Resources.beside("report.css"),
                script(),
                inScript(RunJson.text(ChartData.of(run.pooled()))));
        return compiled("report.html").execute(page);
    }

    /** A template beside this class, which escapes all that it is not told to leave alone. */
    static Template compiled(String name) {
        return Mustache.compiler()
                .escapeHTML(true)
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .compile(Resources.beside(name));
    }

    /** The library under its licence, then what uses it. */
    private static String script() {
        return "/* uPlot, inlined under its licence:\n" + Resources.uplot("LICENSE") + "*/\n"
                + Resources.uplot("dist/uPlot.iife.min.js") + "\n" + Resources.beside("report.js");
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
