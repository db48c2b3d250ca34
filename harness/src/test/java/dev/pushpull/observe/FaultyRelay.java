package dev.pushpull.observe;

import dev.pushpull.testing.ScriptedServer;
import dev.pushpull.testing.ScriptedServer.Reply;
import dev.pushpull.testing.ScriptedServer.Taken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a provider and those who poll it and take its webhooks, and does to each what the type of its event says;
 * polls fail while it is told so.
 */
final class FaultyRelay implements AutoCloseable {
    static final String HOOK = "/hook";

    private static final Pattern ID = Pattern.compile("evt_[0-9a-f]+");
    private static final Pattern FATE = Pattern.compile("fate_([a-z]+)");
    private static final Set<String> OF_THE_CONNECTION = Set.of("host", "connection", "content-length", "upgrade");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ScriptedServer server = new ScriptedServer(this::answer);
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> forwarded = new LinkedHashSet<>();
    private final List<Taken> held = new ArrayList<>();
    private volatile URI provider;
    private volatile URI receiver;
    private volatile boolean pollsFail;

    URI address() {
        return server.address();
    }

    void provider(URI at) {
        provider = at;
    }

    void receiver(URI at) {
        receiver = at;
    }

    void pollsFail(boolean fail) {
        pollsFail = fail;
    }

    /** The events that were passed on to the receiver, in the order in which each came first. */
    synchronized List<String> forwarded() {
        return List.copyOf(forwarded);
    }

    /** Passes on what it holds back; it does so by itself after the next that it passes on. */
    synchronized void release() throws IOException, InterruptedException {
        for (Taken late : held) {
            forward(late, first(ID, new String(late.body(), StandardCharsets.UTF_8)));
        }
        held.clear();
    }

    /** How many polls were answered so far, or refused. */
    long polls() {
        return server.taken().stream()
                .filter(taken -> !taken.target().getPath().equals(HOOK))
                .count();
    }

    private Reply answer(Taken request) throws Exception {
        if (request.target().getPath().equals(HOOK)) {
            return hook(request);
        }
        return pollsFail ? Reply.status(503) : pass(request, provider.resolve(request.target()));
    }

    private synchronized Reply hook(Taken request) throws Exception {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        String id = first(ID, body);
        int attempt = attempts.merge(id, 1, Integer::sum);
        switch (first(FATE, body)) {
            case "lost":
                return Reply.status(200);
            case "held":
                held.add(request);
                return Reply.status(200);
            case "refused":
                return attempt < 3 ? Reply.status(503) : forward(request, id);
            case "twice":
                forward(request, id);
                return forward(request, id);
            case "unheard":
                Reply reply = forward(request, id);
                return attempt < 2 ? Reply.status(500) : reply;
            default:
                Reply passed = forward(request, id);
                release();
                return passed;
        }
    }

    private Reply forward(Taken request, String id) throws IOException, InterruptedException {
        Reply reply = pass(request, receiver.resolve(request.target())); // with its query, which Twilio signs
        if (reply.status() == 200) {
            forwarded.add(id);
        }
        return reply;
    }

    private Reply pass(Taken request, URI to) throws IOException, InterruptedException {
        HttpRequest.Builder copy = HttpRequest.newBuilder(to)
                .method(request.method(), HttpRequest.BodyPublishers.ofByteArray(request.body()));
        request.headers().forEach((name, value) -> {
            if (!OF_THE_CONNECTION.contains(name)) {
                copy.header(name, value);
            }
        });
        HttpResponse<String> answer = client.send(copy.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of("content-type", "etag")) {
            answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
        }
        return new Reply(answer.statusCode(), headers, answer.body());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(pattern + " is not in " + text);
        }
        return matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
    }

    @Override
    public void close() {
        server.close();
    }
}
