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
        mixinStandardHelpOptions = true,
        versionProvider = PushPull.Version.class,
        description = "Should this integration poll, or take webhooks? Measures both and says.",
        footer = {
            "",
            "Most often: pushpull compare --interval 5s --rate 30/m",
            "All about a command: pushpull COMMAND --help"
        })
final class PushPull implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace when something goes wrong.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is wanted; accepted: " + String.join(", ", commands(spec.commandLine()))
                        + " (pushpull --help tells more)");
    }

    /** The names that the help shows. */
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
