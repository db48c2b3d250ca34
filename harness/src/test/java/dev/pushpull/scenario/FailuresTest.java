package dev.pushpull.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void whatAFileSystemRefusesIsASentenceWithTheFile() {
        assertThat(Failures.sentence(new NoSuchFileException("a/b"))).isEqualTo("a/b: there is no such file or folder");
        assertThat(Failures.sentence(new AccessDeniedException("a/b"))).isEqualTo("a/b: permission denied");
        assertThat(Failures.sentence(new FileSystemException("a/b", null, "No space left on device")))
                .isEqualTo("a/b: No space left on device");
        assertThat(Failures.sentence(new InvalidPathException("a\0b", "Nul character not allowed")))
                .isEqualTo("'a\\0b' is no path that this system can name");
        assertThat(Failures.sentence(new MalformedInputException(1))).isEqualTo("it is no text in UTF-8");
    }

    @Test
    void whatOnlyWrapsAnotherSaysWhatTheOtherSays() {
        IOException refused = new IOException("refused");
        assertThat(Failures.sentence(new UncheckedIOException(refused))).isEqualTo("refused");
        assertThat(Failures.sentence(new ExecutionException(new CompletionException(refused))))
                .isEqualTo("refused");
        assertThat(Failures.sentence(new UncheckedIOException("cannot listen: in use", refused)))
                .as("words of its own")
                .isEqualTo("cannot listen: in use");
    }

    @Test
    void whatSaysNothingIsNamedInWords() {
        assertThat(Failures.sentence(new ArrayIndexOutOfBoundsException())).isEqualTo("array index out of bounds");
        assertThat(Failures.sentence(new EOFException())).isEqualTo("it ends too early");
        assertThat(Failures.sentence(new UnknownHostException("a.example")))
                .isEqualTo("the host a.example is not known");
        assertThat(Failures.sentence(new IOException(" \n"))).isEqualTo("io");
    }

    @Test
    void aLibrarysClassesBecomeWords() {
        Map<String, String> plain = Map.of(
                "Cannot deserialize value of type `java.lang.Integer` from String \"x\"",
                "Cannot deserialize value of type integer from String \"x\"",
                "java.nio.file.NoSuchFileException: a/b",
                "no such file: a/b",
                "type `java.util.ArrayList<java.lang.String>` from",
                "type array list from",
                "api.example.com, notes.README and 127.0.0.1:80 stay",
                "api.example.com, notes.README and 127.0.0.1:80 stay");
        plain.forEach((said, sentence) -> assertThat(Failures.sentence(new IOException(said + "\n at [Source: x]")))
                .isEqualTo(sentence));
    }

    @Test
    void nothingForeignInASentenceIsObeyedByATerminal() {
        assertThat(Failures.sentence(new IOException("no '\u001b[31m\u0007\u009b\u202e\u2028x'")))
                .isEqualTo("no '?[31m????x'");
    }

    @Test
    void memoryThatRanOutAnywhereBelowIsSaidWithTheRemedy() {
        RuntimeException below = new IllegalStateException("a worker failed", new OutOfMemoryError("Java heap space"));
        assertThat(Failures.isOutOfMemory(below)).isTrue();
        assertThat(Failures.sentence(below)).startsWith("the memory of ").endsWith("PUSHPULL_JAVA_OPTS=-Xmx with more");
        assertThat(Failures.isOutOfMemory(new IllegalStateException("other"))).isFalse();
    }
}
