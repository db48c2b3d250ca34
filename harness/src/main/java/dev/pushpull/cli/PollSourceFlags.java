package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.Quantity;
import dev.pushpull.standalone.EndpointPolling;
import dev.pushpull.standalone.FeedFormat;
import dev.pushpull.standalone.Pace;
import dev.pushpull.standalone.Paging;
import dev.pushpull.standalone.PollRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say what to poll, and how: of a poller alone, or of one beside a receiver. */
@FlagGroup.In(FlagGroup.POLLING)
final class PollSourceFlags {
    private static final String METHOD = "--method";
    private static final String BODY = BodyFlag.NAME;
    private static final String FORMAT = "--format";
    private static final String WAIT_PARAM = "--wait-param";
    private static final String WAIT_UNIT = "--wait-unit";

    /** What may be polled by. */
    private enum Method {
        GET,
        POST
    }

    @Mixin
    private PollItemFlags items = new PollItemFlags();

    @Option(
            names = "--interval",
            paramLabel = "DURATION",
            defaultValue = "10s",
            description = "Time between polls (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = {"--header", "--poll-header"},
            paramLabel = "'NAME: VALUE'",
            description = "A header to send with every poll (repeatable).")
    @Secret(SecretKind.HEADER)
    private List<String> headers = new ArrayList<>();

    @Option(
            names = METHOD,
            paramLabel = "METHOD",
            description =
                    "get or post (default: get, or post if there is a --body). A post is not conditional, and not "
                            + "sent again if its connection breaks.")
    private Method method;

    @Option(
            names = BODY,
            paramLabel = "TEXT|@FILE",
            description =
                    "The body of a post, or the file that has it; application/json unless a --header says otherwise.")
    @Secret(SecretKind.BODY)
    private String body;

    @Option(names = "--unconditional", description = "Do not send If-None-Match or If-Modified-Since.")
    private boolean unconditional;

    @Mixin
    private PagingFlags paging = new PagingFlags();

    @Option(
            names = FORMAT,
            paramLabel = "FORMAT",
            description =
                    "What an answer is: json (a list), ndjson (lines) or sse (events); a line or an event is an item "
                            + "the moment it is read, and the connection stays open (default: as Content-Type says).")
    private FeedFormat format;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            description =
                    "Long poll: the server may hold its answer for so long; it is told by 'Prefer: wait=SECONDS'. A "
                            + "poll that brought something is followed by the next at once.")
    private Duration wait;

    @Option(names = WAIT_PARAM, paramLabel = "NAME", description = "Tell the wait in this query parameter instead.")
    private String waitParameter;

    @Option(
            names = WAIT_UNIT,
            paramLabel = "UNIT",
            description = "How --wait-param says it: s (60), ms (60000) or text (60s, as you wrote it; default: s).")
    private Pace.Unit waitUnit;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "Maximum time for a whole answer, besides --wait (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--silence",
            paramLabel = "DURATION",
            defaultValue = "2m",
            description = "A stream that is silent for so long is opened again (default: ${DEFAULT-VALUE}).")
    private Duration silence;

    @Option(
            names = "--most-bytes",
            paramLabel = "SIZE",
            defaultValue = "64MiB",
            description = "Maximum size of a response, uncompressed; of a stream, of one line or event (default: "
                    + "${DEFAULT-VALUE}).")
    @Within(least = 1, most = 1 << 30)
    private Size mostBytes;

    /**
     * What to poll, and how.
     *
     * @param what the name of the URL in a refusal
     */
    EndpointPolling.Setup setup(String what, String url) {
        HttpUrl address = HttpUrl.parse(url);
        if (address == null) {
            throw Quantity.wrong(what, SecretKind.URL.shown(url), "an http(s) URL");
        }
        if (format != null && format != FeedFormat.JSON) {
            String named = format.name().toLowerCase(java.util.Locale.ROOT);
            items.refuseList(named);
            paging.refusePages(named);
        }
        Paging pages = paging.read();
        return new EndpointPolling.Setup(
                address,
                items.read(),
                request(pages),
                pages,
                new Pace(interval.toNanos(), timeout.toNanos(), silence.toNanos(), waits()),
                Optional.ofNullable(format),
                mostBytes.bytes());
    }

    private PollRequest request(Paging pages) {
        if (body != null && method == Method.GET) {
            throw new InvalidInputException(BODY + ": it is not accepted with --method get; accepted: --method post");
        }
        boolean posts = body != null || method == Method.POST;
        return new PollRequest(
                posts ? Method.POST.name() : Method.GET.name(),
                body == null ? new byte[0] : BodyFlag.bytes(BODY, body),
                headers(),
                !unconditional,
                paging.followsRedirects());
    }

    private Optional<Pace.Wait> waits() {
        if (wait == null) {
            refuseWithoutWait(WAIT_PARAM, waitParameter);
            refuseWithoutWait(WAIT_UNIT, waitUnit);
            return Optional.empty();
        }
        if (waitParameter == null) {
            if (waitUnit != null) {
                throw new InvalidInputException(
                        WAIT_UNIT + ": it is not accepted without --wait-param; Prefer has seconds");
            }
            return Optional.of(new Pace.Wait(wait.toNanos(), Optional.empty(), Pace.Unit.S, ""));
        }
        PointerFlags.checkParameter(WAIT_PARAM, waitParameter);
        return Optional.of(new Pace.Wait(
                wait.toNanos(),
                Optional.of(waitParameter),
                waitUnit == null ? Pace.Unit.S : waitUnit,
                Quantity.duration(wait.toNanos())));
    }

    private static void refuseWithoutWait(String flag, Object value) {
        if (value != null) {
            throw new InvalidInputException(flag + ": it is not accepted without --wait DURATION");
        }
    }

    private Headers headers() {
        Headers.Builder named = new Headers.Builder();
        OwnHeaders own = OwnHeaders.ofPolls("--header");
        for (String header : headers) {
            own.refusal(header).ifPresent(refusal -> {
                throw new InvalidInputException(refusal);
            });
            int colon = header.indexOf(':');
            named.add(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return named.build();
    }
}
