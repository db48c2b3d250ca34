package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * {@code compare --hosts FILE --provider URL} is {@code poll URL --hosts FILE}: a system of others can only be polled, so
 * there is nothing to compare with, and the flags are those of a poller.
 */
@FlagGroup.In(FlagGroup.RUN)
final class OwnProvider {
    private static final String FLAG = "--provider";

    @Option(
            names = FLAG,
            paramLabel = "URL",
            description = "With --hosts, in place of a table [provider]: the pollers poll this list endpoint of your "
                    + "own. This is poll URL --hosts FILE, and takes the flags of poll.")
    @Secret(SecretKind.URL)
    private String url;

    /** These arguments, as a poller takes them where they ask for one. */
    static String[] polled(String... arguments) {
        List<String> words = new ArrayList<>(List.of(arguments));
        int command = words.indexOf("compare");
        boolean overHosts =
                words.stream().anyMatch(word -> word.equals(HostsFile.FLAG) || word.startsWith(HostsFile.FLAG + "="));
        for (int i = command + 1; command >= 0 && overHosts && i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith(FLAG + "=")) {
                words.remove(i);
                return polling(words, command, word.substring(FLAG.length() + 1));
            }
            if (word.equals(FLAG) && i + 1 < words.size()) {
                words.remove(i);
                return polling(words, command, words.remove(i));
            }
        }
        return arguments;
    }

    private static String[] polling(List<String> words, int command, String url) {
        words.set(command, "poll");
        words.add(command + 1, url);
        return words.toArray(String[]::new);
    }

    /** @throws InvalidInputException when it was given and is not {@link #polled} */
    void check() {
        if (url != null) {
            throw new InvalidInputException(
                    FLAG + ": it is not accepted without --hosts FILE; accepted: poll URL, for pollers on this host");
        }
    }
}
