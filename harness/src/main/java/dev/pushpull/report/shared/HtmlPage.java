package dev.pushpull.report.shared;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.pushpull.scenario.Secrets;
import java.io.StringReader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page in one file that contains everything and loads nothing from any network (its content policy forbids it). The
 * template engine escapes all text. The data for its scripts is JSON that cannot end its element.
 */
public final class HtmlPage {
    /**
     * Browsers that know this line compile a script at once; without it they read most functions twice, once to skip them. It
     * must be the first.
     */
    private static final String COMPILED_AT_ONCE = "//# allFunctionsCalledOnLoad\n";

    private HtmlPage() {}

    /**
     * The whole page.
     *
     * @param title of the page, the run's name
     * @param style raw CSS
     * @param script raw JavaScript
     * @param data JSON, safe within a script element
     * @param connects what its content policy says more, about connections; empty for a page that makes none
     */
    record Page(String title, Object view, String style, String script, String data, String connects) {}

    /**
     * A page with charts from a room's template, with the frame, style and scripts that all pages share.
     *
     * @param room any class of the room with the template and the scripts
     * @param title the run's name
     * @param view the values for the template
     * @param data for the scripts, with files to download as {@code downloads}
     * @param scripts of the room, run after those of all pages
     */
    public static String page(
            Class<?> room, String template, String title, Object view, Object data, String... scripts) {
        String style = Resources.webjar("uplot", "dist/uPlot.min.css") + Resources.shared("report.css");
        Stream<String> all = Stream.concat(Stream.of("page.js", "charts.js", "folds.js"), Stream.of(scripts));
        String script = COMPILED_AT_ONCE + chartLibrary() + joined(room, all);
        return filled(room, template, title, view, data, style, script, "");
    }

    /** The same without the chart library, for a page that draws nothing or is drawn in its template. */
    public static String plain(
            Class<?> room, String template, String title, Object view, Object data, String... scripts) {
        Stream<String> all = Stream.concat(Stream.of("page.js", "folds.js"), Stream.of(scripts));
        return filled(room, template, title, view, data, Resources.shared("report.css"), joined(room, all), "");
    }

    /**
     * A page that goes on: it may ask the server that it came from, and no other. Everything else that a page has is
     * left to what it shows in the end.
     *
     * @param style of the room, after that of all pages
     */
    public static String live(
            Class<?> room, String template, String title, Object view, Object data, String style, String... scripts) {
        String script = Stream.concat(Stream.of("page.js", "signs.js"), Stream.of(scripts))
                .map(name -> Resources.of(room, name))
                .collect(Collectors.joining("\n"));
        String all = Resources.shared("report.css") + Resources.of(room, style);
        return filled(room, template, title, view, data, all, script, " connect-src 'self';");
    }

    private static String filled(
            Class<?> room,
            String template,
            String title,
            Object view,
            Object data,
            String style,
            String script,
            String connects) {
        return compiled(room, template)
                .execute(new Page(title, view, style, script, inScript(RunJson.text(data)), connects));
    }

    private static String joined(Class<?> room, Stream<String> scripts) {
        return Stream.concat(scripts, Stream.of("drawing.js", "pictures.js", "copies.js"))
                .map(name -> Resources.of(room, name))
                .collect(Collectors.joining("\n"));
    }

    /** A room's template. It escapes everything unless told otherwise, and may include other templates. */
    static Template compiled(Class<?> room, String name) {
        return Mustache.compiler()
                .withEscaper(text -> Escapers.HTML.escape(Secrets.masked(text)))
                .emptyStringIsFalse(true)
                .zeroIsFalse(true)
                .withLoader(partial -> new StringReader(Resources.of(room, partial + ".html")))
                .compile(Resources.of(room, name));
    }

    /** The chart library with its licence. */
    private static String chartLibrary() {
        return "/* uPlot, inlined under its licence:\n" + Resources.webjar("uplot", "LICENSE") + "*/\n"
                + Resources.webjar("uplot", "dist/uPlot.iife.min.js") + "\n";
    }

    /** JSON in which nothing can be taken for markup: only its strings can contain these characters. */
    static String inScript(String json) {
        return json.replace("&", "\\u0026")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }
}
