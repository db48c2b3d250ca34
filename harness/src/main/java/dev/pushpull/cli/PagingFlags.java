package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.standalone.Paging;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The flags that say how one page of an answer leads to the next. */
@FlagGroup.In(FlagGroup.POLLING)
final class PagingFlags {
    private static final String FOLLOW = "--follow";
    private static final String CURSOR = "--cursor";
    private static final String CURSOR_PARAM = "--cursor-param";
    private static final String PAGE_PARAM = "--page-param";
    private static final String REDIRECTS = "redirects";

    /** What may be followed. */
    private enum Followed {
        REDIRECTS,
        LINK,
        CURSOR
    }

    @Option(
            names = FOLLOW,
            arity = "0..1",
            fallbackValue = REDIRECTS,
            split = ",",
            preprocessor = OnlyItsOwn.class,
            paramLabel = "WHAT",
            description =
                    "Follow up to 10 redirects (alone, or redirects), the next page that a Link header names (link), "
                            + "or a cursor to the end of its pages in each poll, even without has_more (cursor); repeatable. Your "
                            + "headers are not sent to another server.")
    private List<Followed> follow = new ArrayList<>();

    @Option(
            names = CURSOR,
            paramLabel = "POINTER",
            description = "JSON pointer to the cursor in an answer, or in a line or event of a stream; the next poll "
                    + "continues there (default: /next_cursor).")
    private String cursor;

    @Option(
            names = CURSOR_PARAM,
            paramLabel = "NAME",
            description = "The query parameter that takes the cursor (default: after).")
    private String cursorParameter;

    @Option(
            names = PAGE_PARAM,
            paramLabel = "NAME",
            description =
                    "The query parameter of a page's number: each poll reads pages 1, 2, 3 ... until one is empty or "
                            + "the same as before.")
    private String pageParameter;

    @Option(
            names = "--most-pages",
            paramLabel = "N",
            description = "Maximum pages that one poll reads (default: ${DEFAULT-VALUE}).")
    @Within(least = 1, most = 1_000_000)
    private int mostPages = 100;

    /** What stands after {@code --follow} is its value only if it is one of its values; it may be the URL. */
    static final class OnlyItsOwn implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec flag, java.util.Map<String, Object> info) {
            boolean isAttached = info.get("separator") instanceof String separator && !separator.isBlank();
            if (!isAttached && (arguments.isEmpty() || !isItsOwn(arguments.peek()))) {
                arguments.push(REDIRECTS);
            }
            return false;
        }

        private static boolean isItsOwn(String text) {
            return List.of(text.split(",")).stream()
                    .allMatch(one -> EnumSet.allOf(Followed.class).stream()
                            .anyMatch(known ->
                                    known.name().toLowerCase(Locale.ROOT).equals(one)));
        }
    }

    boolean followsRedirects() {
        return follow.contains(Followed.REDIRECTS);
    }

    /** @throws InvalidInputException when pages would be turned in two ways */
    Paging read() {
        boolean links = follow.contains(Followed.LINK);
        String byCursor = cursor != null
                ? CURSOR
                : cursorParameter != null ? CURSOR_PARAM : follow.contains(Followed.CURSOR) ? "--follow cursor" : null;
        if (pageParameter != null) {
            PointerFlags.checkParameter(PAGE_PARAM, pageParameter);
            refuse(byCursor, PAGE_PARAM);
            refuse(links ? "--follow link" : null, PAGE_PARAM);
            return Paging.byNumbers(pageParameter, mostPages);
        }
        if (links) {
            refuse(byCursor, "--follow link");
            return Paging.byLinks(mostPages);
        }
        Paging ours = Paging.ours(mostPages);
        if (cursorParameter != null) {
            PointerFlags.checkParameter(CURSOR_PARAM, cursorParameter);
        }
        return new Paging(
                Paging.Way.CURSOR,
                cursor == null ? ours.cursor() : PointerFlags.pointer(CURSOR, cursor),
                cursorParameter == null ? ours.parameter() : cursorParameter,
                follow.contains(Followed.CURSOR),
                mostPages);
    }

    private static void refuse(String flag, String with) {
        if (flag != null) {
            throw new InvalidInputException(
                    "%s: it is not accepted with %s; accepted: one way from page to page".formatted(flag, with));
        }
    }

    /** @throws InvalidInputException when there are flags of pages although there are none */
    void refusePages(String format) {
        if (pageParameter != null) {
            refuse(PAGE_PARAM, "--format " + format);
        }
        if (follow.contains(Followed.LINK)) {
            refuse("--follow link", "--format " + format);
        }
    }
}
