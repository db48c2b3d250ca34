package dev.pushpull.cli;

import dev.pushpull.hosts.HostLostException;
import dev.pushpull.scenario.Failures;
import dev.pushpull.scenario.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program's entry point. */
public final class Main {
    /**
     * The server libraries log a greeting at INFO; only their problems are of interest. Kept in a field so that the
     * setting is not garbage collected.
     */
    private static final List<Logger> QUIET = List.of("io.undertow", "org.xnio", "org.jboss", "okhttp3").stream()
            .map(Logger::getLogger)
            .toList();

    private static final List<Class<?>> COMMANDS = List.of(
            CompareCommand.class,
            DemoCommand.class,
            SweepCommand.class,
            SimulateCommand.class,
            PredictCommand.class,
            AdviseCommand.class,
            WhatIfCommand.class,
            ClaimsCommand.class,
            CapacityCommand.class,
            DriveCommand.class,
            BadPeersCommand.class,
            MergeCommand.class,
            ReportCommand.class,
            ServeCommand.class,
            ReceiveCommand.class,
            PollCommand.class,
            ObserveCommand.class,
            TraceCommand.class,
            TraceEventCommand.class,
            BenchReportCommand.class,
            PeersReportCommand.class,
            MachineCommand.class,
            SignCommand.class,
            VerifyCommand.class,
            CompletionCommand.class,
            HelpCommand.class);

    private Main() {}

    public static void main(String[] arguments) {
        StandardStreams streams = prepare();
        int exitCode = exitCode(arguments);
        System.out.flush();
        int end = exitCode == ExitCode.DONE && streams.outputFailed() ? ExitCode.FAILED : exitCode;
        ShutdownGuard.over(end);
        System.exit(end);
    }

    /** Makes the process behave the same wherever it runs. */
    static StandardStreams prepare() {
        Locale.setDefault(Locale.ROOT); // the same digits, decimal signs and letters everywhere
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        return StandardStreams.takeOver();
    }

    static int exitCode(String... arguments) {
        try {
            CommandLineBytes.check();
            return commandLine(arguments).execute(arguments);
        } catch (InvalidInputException e) {
            return SafeErrors.during(SecretFlags.none(), () -> {
                say(e.getMessage());
                return ExitCode.USAGE;
            });
        }
    }

    /** The program with all that its commands declare. */
    static CommandLine commandLine() {
        return commandLine(true, List.of());
    }

    /**
     * The program as far as these arguments need it: where they begin with a command, that command only. To read all
     * flags of all commands by reflection takes longer than most commands do.
     */
    static CommandLine commandLine(String... arguments) {
        List<String> named = List.of(OwnProvider.polled(arguments));
        boolean all = named.contains("help") || named.contains("completion");
        return commandLine(
                all || named.stream().anyMatch(word -> word.startsWith("@")), named); // @ names a file of them
    }

    private static CommandLine commandLine(boolean all, List<String> named) {
        PushPull top = new PushPull();
        CommandLine commandLine = new CommandLine(top) {
            @Override
            public int execute(String... given) {
                String[] arguments = BodyFlag.withoutFilesOfArguments(OwnProvider.polled(given));
                return SafeErrors.during(SecretFlags.of(this, arguments), () -> executeSafely(arguments));
            }

            private int executeSafely(String... arguments) {
                try {
                    PresetDefaults.of(arguments)
                            .ifPresent(preset -> getSubcommands()
                                    .values()
                                    .forEach(command -> command.setDefaultValueProvider(preset)));
                    return super.execute(arguments);
                } catch (RuntimeException | Error e) { // of presets and others; handlers below take none
                    return failed(e, top);
                }
            }
        };
        String first = named.stream()
                .filter(word -> !word.equals("--debug"))
                .findFirst()
                .orElse("");
        boolean firstOnly =
                !all && COMMANDS.stream().anyMatch(command -> name(command).equals(first));
        for (Class<?> command : COMMANDS) {
            String name = name(command);
            if (!firstOnly || name.equals(first)) {
                commandLine.addSubcommand(
                        all || named.contains(name)
                                ? made(command)
                                : new CommandLine(outline(command.getAnnotation(Command.class))));
            }
        }
        commandLine.registerConverter(Path.class, Main::path);
        HelpLayout.apply(commandLine);
        commandLine.setExecutionStrategy(parsed -> {
            parsed.asCommandLineList().forEach(Main::learnSecrets);
            return new CommandLine.RunLast().execute(parsed);
        });
        commandLine.setParameterExceptionHandler((e, arguments) -> refused(e, top));
        commandLine.setExecutionExceptionHandler((e, command, result) -> failed(e, top));
        commandLine.setExitCodeExceptionMapper(e -> ExitCode.FAILED);
        return commandLine;
    }

    private static CommandLine made(Class<?> command) {
        CommandLine line = command == CompareCommand.class
                ? CompareCommand.commandLine()
                : command == SweepCommand.class
                        ? SweepCommand.commandLine()
                        : command == SimulateCommand.class
                                ? SimulateCommand.commandLine()
                                : command == PredictCommand.class
                                        ? PredictCommand.commandLine()
                                        : command == AdviseCommand.class
                                                ? AdviseCommand.commandLine()
                                                : command == WhatIfCommand.class
                                                        ? WhatIfCommand.commandLine()
                                                        : new CommandLine(command);
        TypedFlags.bind(line.getCommandSpec());
        return line;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** What the program's own help says of a command. */
    private static CommandSpec outline(Command declared) {
        CommandSpec spec = CommandSpec.create().name(declared.name());
        spec.usageMessage().header(declared.header()).hidden(declared.hidden());
        return spec;
    }

    private static int refused(ParameterException e, PushPull top) {
        learnSecrets(e.getCommandLine());
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
            String name = isFlag ? argument.split("=", 2)[0] : argument;
            String what = isFlag ? "flag" : isTop ? "command" : "argument";
            Optional<String> known = isFlag || !isTop
                    ? new FlagsElsewhere(command).hint(name)
                    : Names.nearest(name, PushPull.commands(command))
                            .map(nearest -> "; did you mean '" + nearest + "'?");
            String hint = known.orElse("; see pushpull " + (isTop ? "" : command.getCommandName() + " ") + "--help");
            return "unknown %s '%s'%s".formatted(what, name, hint);
        }
        if (e.getCause() instanceof InvalidInputException refused) {
            return refused.getMessage();
        }
        if (e instanceof MissingParameterException missing) {
            ArgSpec lacking = missing.getMissing().get(0);
            return lacking instanceof OptionSpec option
                    ? option.longestName() + ": a value is missing"
                    : "%s: it is missing; see pushpull %s --help"
                            .formatted(lacking.paramLabel(), e.getCommandLine().getCommandName());
        }
        return e.getMessage();
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(Failures.sentence(e));
        }
    }

    private static int failed(Throwable e, PushPull top) {
        trace(e, top);
        if (e instanceof InvalidInputException refused) {
            say(refused.getMessage());
            return ExitCode.USAGE;
        }
        if (e instanceof InvalidPathException) {
            say(Failures.sentence(e));
            return ExitCode.USAGE;
        }
        if (e instanceof HostLostException) {
            say(Failures.sentence(e));
            return ExitCode.INVALID;
        }
        boolean outside = e instanceof IOException || e instanceof UncheckedIOException || Failures.isOutOfMemory(e);
        say(outside ? Failures.sentence(e) : "unexpected: " + Failures.sentence(e) + " (--debug shows where)");
        return ExitCode.FAILED;
    }

    private static void say(String message) {
        System.err.println("pushpull: " + message.lines().findFirst().orElse(""));
    }

    private static void learnSecrets(CommandLine command) {
        SecretFlags.ofThisRun().learn(command.getCommandSpec());
    }

    private static void trace(Throwable e, PushPull top) {
        if (top.debug()) {
            e.printStackTrace();
        }
    }
}
