package dev.pushpull.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The output and exit code of a command line that ran in this process. */
record Said(int exitCode, String output, String errors) {
    static Said by(String input, List<String> arguments) {
        return by(input, Main.commandLine(arguments.toArray(String[]::new)), arguments);
    }

    static Said by(String input, CommandLine program, List<String> arguments) {
        PrintStream output = System.out;
        PrintStream errors = System.err;
        InputStream standardInput = System.in;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            int exitCode = program.execute(arguments.toArray(String[]::new));
            return new Said(
                    exitCode, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(output);
            System.setErr(errors);
            System.setIn(standardInput);
        }
    }
}
