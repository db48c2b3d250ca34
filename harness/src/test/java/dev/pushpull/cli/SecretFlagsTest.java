package dev.pushpull.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Whichever flag takes a secret, no output and no file contains it. */
class SecretFlagsTest extends PlantedSecrets {
    /** Each in a form that some flag takes, or that a person may give by mistake. */
    private static final List<String> SECRETS = List.of(
            MARK,
            "X-Key: " + MARK,
            "Authorization: Bearer " + MARK,
            "basic:me:" + MARK,
            "bearer:" + MARK,
            "header:X-Key=" + MARK,
            "whsec_" + MARK);

    private static final List<String> URLS = List.of(
            "http://me:" + MARK + "@127.0.0.1:1/x?page=1",
            "http://" + MARK + "@127.0.0.1:1/",
            "http://127.0.0.1:1/x?page=1&access_token=" + MARK,
            "https://127.0.0.1:1/#access_token=" + MARK,
            "me:" + MARK + "@127.0.0.1",
            "jdbc:postgresql://127.0.0.1:1/db?user=u&password=" + MARK,
            "jdbc:postgresql://u:" + MARK + "@127.0.0.1:1/db",
            "jdbc:mysql://u:" + MARK + "@127.0.0.1:1/db?password=" + MARK);

    /** To be read only. */
    private static final CommandLine PROGRAM = Main.commandLine();

    static Stream<String> commands() {
        return PROGRAM.getSubcommands().keySet().stream();
    }

    private static boolean takesValue(ArgSpec argument) {
        return argument.arity().max() > 0;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void noFlagOfACommandLetsASecretThrough(String command) throws IOException {
        CommandLine line = PROGRAM.getSubcommands().get(command);
        for (OptionSpec option : line.getCommandSpec().options()) {
            String flag = option.longestName();
            if (!takesValue(option) || flag.equals("--out")) {
                continue;
            }
            for (String planted : SecretFlags.kind(option)
                    .map(kind -> kind == SecretKind.URL ? URLS : SECRETS)
                    .orElse(List.of(URLS.get(0)))) {
                List<String> arguments = arguments(command, line, option);
                arguments.addAll(List.of(flag + "=" + planted, "--debug"));
                assertNothingLeaks(arguments);
                forgetFiles();
            }
        }
    }

    /** Those that were looked at, so that they are not looked at again. */
    private void forgetFiles() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(directory))
                    .toList()) {
                Files.delete(file);
            }
        }
    }

    /** The other flags it needs, and those that make it short, without the one that is tried. */
    private List<String> arguments(String command, CommandLine line, OptionSpec tried) {
        List<String> arguments = new ArrayList<>(List.of(command));
        line.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> parameter.required())
                .forEach(parameter -> arguments.add(
                        command.equals("poll") ? "http://127.0.0.1:1/?token=" + MARK : "/nowhere/" + MARK.length()));
        List<String> others = SHORT.getOrDefault(command, List.of());
        for (int i = 0; i < others.size(); i++) {
            boolean isFlag = others.get(i).startsWith("-");
            boolean hasValue =
                    isFlag && i + 1 < others.size() && !others.get(i + 1).startsWith("-");
            if (isFlag && List.of(tried.names()).contains(others.get(i))) {
                i += hasValue ? 1 : 0;
            } else {
                arguments.add(others.get(i));
            }
        }
        if (line.getCommandSpec().findOption("--out") != null) {
            arguments.addAll(List.of("--out", out()));
        }
        return arguments;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aFlagThatByItsNameOrLabelTakesASecretDeclaresIt(String command) {
        for (ArgSpec argument :
                PROGRAM.getSubcommands().get(command).getCommandSpec().args()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : "";
            String said = (name + " " + argument.paramLabel()).toLowerCase(Locale.ROOT);
            String text = String.join(" ", argument.description());
            boolean canCarry = takesValue(argument)
                    && !name.endsWith("-file") // which names it only
                    && (said.matches(".*(secret|header|url|auth|token|passw|credential|'n: v'|'name: value').*")
                            || text.contains("jdbc:")
                            || text.contains("--inbox"));
            if (canCarry) {
                assertThat(SecretFlags.kind(argument))
                        .as("%s of %s", said, command)
                        .isPresent();
            }
        }
    }
}
