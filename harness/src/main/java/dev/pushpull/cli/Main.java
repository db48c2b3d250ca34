package dev.pushpull.cli;

import dev.pushpull.scenario.InvalidInputException;
import dev.pushpull.scenario.ShownUrl;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the program starts. */
public final class Main {
    /** The servers' libraries say hello at INFO; only their troubles are of interest here. Kept, or it is forgotten. */
    private static final List<Logger> QUIET = List.of("io.undertow", "org.xnio", "org.jboss", "okhttp3").stream()
            .map(Logger::getLogger)
            .toList();

    private Main() {}

    public static void main(String[] arguments) {
        System.setOut(utf8(FileDescriptor.out));
        System.setErr(utf8(FileDescriptor.err));
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        int exitCode = commandLine().execute(arguments);
        System.out.flush();
        System.exit(exitCode);
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    static CommandLine commandLine() {
        PushPull top = new PushPull();
        CommandLine commandLine = new CommandLine(top) {
            @Override
            public int execute(String... arguments) {
                try {
                    PresetDefaults.of(arguments)
                            .ifPresent(preset -> getSubcommands()
                                    .values()
                                    .forEach(command -> command.setDefaultValueProvider(preset)));
                } catch (InvalidInputException e) {
                    say(e.getMessage());
                    return ExitCode.USAGE;
                }
                try {
                    return super.execute(arguments);
                } catch (OutOfMemoryError e) { // what took the room is given up with the command
                    return outOfMemory();
                }
            }
        };
        commandLine.addSubcommand(CompareCommand.commandLine());
        commandLine.addSubcommand(SweepCommand.commandLine());
        commandLine.addSubcommand(SimulateCommand.commandLine());
        commandLine.addSubcommand(PredictCommand.commandLine());
        commandLine.addSubcommand(new ClaimsCommand());
        commandLine.addSubcommand(new CapacityCommand());
        commandLine.addSubcommand(new DriveCommand());
        commandLine.addSubcommand(new BadPeersCommand());
        commandLine.addSubcommand(new ReportCommand());
        commandLine.addSubcommand(new ServeCommand());
        commandLine.addSubcommand(new ReceiveCommand());
        commandLine.addSubcommand(new PollCommand());
        commandLine.addSubcommand(new TraceEventCommand());
        commandLine.addSubcommand(new BenchReportCommand());
        commandLine.addSubcommand(new PeersReportCommand());
        commandLine.addSubcommand(new SignCommand());
        commandLine.addSubcommand(new VerifyCommand());
        commandLine.addSubcommand(new CompletionCommand());
        commandLine.setParameterExceptionHandler((e, arguments) -> refused(e, top));
        commandLine.setExecutionExceptionHandler((e, command, result) -> failed(e, top));
        commandLine.setExitCodeExceptionMapper(e -> ExitCode.FAILED);
        return commandLine;
    }

    private static int refused(ParameterException e, PushPull top) {
        say(message(e));
        trace(e, top);
        return ExitCode.USAGE;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            String argument = unmatched.getUnmatched().get(0);
            CommandLine command = e.getCommandLine();
            boolean isFlag = argument.startsWith("-");
            boolean isTop = command.getParent() == null;
            Collection<String> known = isFlag || !isTop
                    ? command.getCommandSpec().optionsMap().keySet()
                    : command.getSubcommands().keySet();
            String name = isFlag ? argument.split("=", 2)[0] : argument;
            String what = isFlag ? "flag" : isTop ? "command" : "argument";
            String hint = Names.nearest(name, known)
                    .map(nearest -> "; did you mean '" + nearest + "'?")
                    .orElse("; see pushpull " + (isTop ? "" : command.getCommandName() + " ") + "--help");
            return "unknown %s '%s'%s".formatted(what, name, hint);
        }
        if (e instanceof MissingParameterException missing) {
            return missing.getMessage();
        }
        return e.getMessage();
    }

    private static int failed(Exception e, PushPull top) {
        trace(e, top);
        if (e instanceof InvalidInputException) {
            say(e.getMessage());
            return ExitCode.USAGE;
        }
        boolean outside = e instanceof IOException || e instanceof UncheckedIOException;
        say(outside ? text(e) : "unexpected: " + e + " (--debug shows where)");
        return ExitCode.FAILED;
    }

    private static int outOfMemory() {
        say("this program's memory of %d MiB does not suffice; PUSHPULL_JAVA_OPTS=-Xmx... gives it more"
                .formatted(Runtime.getRuntime().maxMemory() >> 20));
        return ExitCode.FAILED;
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void say(String message) {
        System.err.println(
                "pushpull: " + ShownUrl.of(message.lines().findFirst().orElse("")));
    }

    private static void trace(Exception e, PushPull top) {
        if (top.debug()) {
            e.printStackTrace();
        }
    }
}
