package dev.pushpull.host;

import static dev.pushpull.testing.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("live")
class ChildJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Prints its arguments, then repeats what it is told; "fail" ends it and "work" keeps it busy for ever. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] arguments) throws Exception {
            ParentLink parent = ParentLink.open();
            System.out.println("for a person, not for the parent");
            parent.send(String.join(",", arguments));
            while (true) {
                String line = parent.receive();
                if (line.equals("fail")) {
                    System.exit(1);
                }
                while (line.equals("work")) {
                    LockSupport.parkNanos(1_000_000);
                }
                parent.send(line);
            }
        }
    }

    /** Starts a child of its own, prints its process id and then waits for its end. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            ParentLink parent = ParentLink.open();
            ChildJvm child = new ChildJvm(Echo.class, "grandchild");
            child.receive(PATIENCE);
            child.send("work");
            parent.send(Long.toString(child.pid()));
            parent.receive();
        }
    }

    @Test
    void parentAndChildSayLinesToEachOther() throws Exception {
        try (ChildJvm child = new ChildJvm(Echo.class, "a b", "'$c'")) {
            assertThat(child.receive(PATIENCE)).isEqualTo("a b,'$c'");
            child.send("grüße");
            assertThat(child.receive(PATIENCE)).isEqualTo("grüße");
        }
    }

    @Test
    void aWarningOfItsVirtualMachineIsNoLineOfIts() throws Exception {
        List<String> warnedOf = List.of("-XX:+UseLargePages", "-XX:LargePageSizeInBytes=8m");
        try (ChildJvm child = new ChildJvm(warnedOf, Echo.class, "first")) {
            assertThat(child.receive(PATIENCE)).isEqualTo("first");
        }
    }

    /** Prints a number in this process's Java format, and whether a flag of its parent has reached it. */
    static final class Number {
        private Number() {}

        public static void main(String[] arguments) throws Exception {
            ParentLink parent = ParentLink.open();
            parent.send("%,.1f %s".formatted(1234.5, System.getProperty("user.language")));
            parent.receive();
        }
    }

    /** Makes a child print a number. */
    static final class ParentElsewhere {
        private ParentElsewhere() {}

        public static void main(String[] arguments) throws Exception {
            try (ChildJvm child = new ChildJvm(Number.class)) {
                System.out.println(child.receive(PATIENCE));
            }
        }
    }

    @Test
    void aChildHasItsParentsPropertiesAndNeverTheSystemsDigits() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Duser.language=bn",
                        "-Duser.country=IN",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ParentElsewhere.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(parent.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("1,234.5 bn");
        assertThat(parent.waitFor()).isZero();
    }

    @Test
    void anEndBeforeItsTimeIsToldByName() throws Exception {
        try (ChildJvm child = new ChildJvm(Echo.class)) {
            child.receive(PATIENCE);
            child.send("fail");
            assertThatThrownBy(() -> child.receive(PATIENCE))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the process of echo ended before its time");
            assertThatThrownBy(() -> child.receive(PATIENCE)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aChildThatSaysNothingIsNotWaitedForInVain() throws Exception {
        try (ChildJvm child = new ChildJvm(Echo.class)) {
            child.receive(PATIENCE);
            assertThatThrownBy(() -> child.receive(Duration.ofMillis(1))).hasMessageContaining("said nothing");
        }
    }

    @Test
    void closingEndsAChildAtWork() throws Exception {
        ChildJvm child = new ChildJvm(Echo.class);
        long pid;
        try (child) {
            child.receive(PATIENCE);
            child.send("work");
            pid = child.pid();
        }
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void aChildAtWorkEndsWhenItsParentIsKilled() throws Exception {
        long grandchild;
        try (ChildJvm parent = new ChildJvm(Parent.class)) {
            grandchild = Long.parseLong(parent.receive(PATIENCE));
            assertThat(ProcessHandle.of(grandchild)).isPresent();
        }
        eventually(
                "the grandchild ends",
                () -> ProcessHandle.of(grandchild)
                        .filter(ProcessHandle::isAlive)
                        .isEmpty());
    }

    @Test
    void anInterruptIsForTheParentToAnswer() throws Exception {
        try (ChildJvm child = new ChildJvm(Echo.class)) {
            child.receive(PATIENCE);
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            child.send("still here");
            assertThat(child.receive(PATIENCE)).isEqualTo("still here");
        }
    }

    @Test
    void flagsThatNameFilesAndPortsAreNotHandedOn() {
        assertThat(ChildJvm.flags(List.of(
                        "-Xmx1g",
                        "-javaagent:jacoco.jar",
                        "-agentlib:jdwp=transport=dt_socket,address=5005",
                        "-XX:+UseSerialGC",
                        "-Xlog:gc:file=gc.log",
                        "-XX:StartFlightRecording:filename=a.jfr",
                        "-Dsome=thing",
                        "-Dcom.sun.management.jmxremote.port=5006",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED")))
                .containsExactly(
                        "-Xmx1g", "-XX:+UseSerialGC", "-Dsome=thing", "--add-opens=java.base/java.lang=ALL-UNNAMED");
    }
}
