package dev.pushpull.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code pushpull}. */
@Command(
        name = "pushpull",
        description = "Should this integration poll, or take webhooks? pushpull measures both and tells you.",
        footer = {
            "",
            "Examples:",
            "  pushpull compare",
            "  pushpull compare --interval 5s --rate 30/m",
            "  pushpull predict --interval 1m --rate 40/d",
            "  pushpull COMMAND --help",
            "",
            "Exit codes: 0 done, 1 something outside failed, 2 usage, 3 the run is invalid, 4 an assertion failed,"
                    + " 130 interrupted."
        })
final class PushPull implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show stack traces of errors.")
    @FlagGroup.In(FlagGroup.GENERAL)
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing; accepted: " + String.join(", ", commands(spec.commandLine()))
                        + " (see pushpull --help)");
    }

    /** The command names that the help shows. */
    static List<String> commands(CommandLine top) {
        return top.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .map(CommandSpec::name)
                .toList();
    }

    /** The program's version, from the build. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"pushpull " + text()};
        }

        static String text() {
            try (InputStream in = PushPull.class.getResourceAsStream("version.properties")) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
