package dev.pushpull.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import picocli.CommandLine;

/** The output and exit code of a command line that ran in this process. */
record Said(int exitCode, String output, String errors) {
    /** A process has one standard output, so one command line runs at a time. */
    private static final ReentrantLock STREAMS = new ReentrantLock(true);
    /** The run that a thread belongs to. What is tested meanwhile may print as well. */
    private static final InheritableThreadLocal<Object> RUN = new InheritableThreadLocal<>();

    static Said by(String input, List<String> arguments) {
        return by(input, Main.commandLine(arguments.toArray(String[]::new)), arguments);
    }

    static Said by(String input, CommandLine program, List<String> arguments) {
        return during(input, () -> program.execute(arguments.toArray(String[]::new)));
    }

    /** What is said, by this thread and those it starts, while something runs that returns an exit code. */
    static Said during(String input, IntSupplier work) {
        STREAMS.lock();
        PrintStream output = System.out;
        PrintStream errors = System.err;
        InputStream standardInput = System.in;
        Object run = new Object();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        System.setOut(of(run, said, output));
        System.setErr(of(run, complained, errors));
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        RUN.set(run);
        try {
            int exitCode = work.getAsInt();
            return new Said(
                    exitCode, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
        } finally {
            RUN.remove();
            System.setOut(output);
            System.setErr(errors);
            System.setIn(standardInput);
            STREAMS.unlock();
        }
    }

    private static PrintStream of(Object run, OutputStream said, OutputStream others) {
        OutputStream either = new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                write(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                (RUN.get() == run ? said : others).write(bytes, from, length);
            }
        };
        return new PrintStream(either, true, StandardCharsets.UTF_8);
    }
}
