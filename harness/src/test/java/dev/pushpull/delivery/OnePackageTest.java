package dev.pushpull.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pushpull.testing.ExtraModes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A mode with a wire of its own is one package and a line in the services file: nothing else in any file of the
 * repository names it. The only exception is the page that uses it as an example.
 */
class OnePackageTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path SERVICES =
            Path.of("harness/src/test/resources/META-INF/services", DeliveryMode.class.getName());
    private static final Path GUIDE = Path.of("docs/new-mode.md");

    /** Files made by tools; a checkout does not have them. */
    private static final Set<String> MADE = Set.of(".git", "target", ".cifuzz-corpus", ".idea", ".vscode", ".settings");

    /** Runs other than the reference runs are not part of the repository. */
    private static final Path RUNS = Path.of("results");

    private static final Path REFERENCE_RUNS = RUNS.resolve("reference");

    static List<DeliveryMode> extraModes() {
        return ExtraModes.all();
    }

    @Test
    void thereIsSuchAMode() {
        assertThat(extraModes()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("extraModes")
    void noFileOutsideItsPackageNamesIt(DeliveryMode mode) throws IOException {
        Path itsPackage = Path.of("harness/src/test/java", inPath(packageOf(mode)));
        assertThat(ROOT.resolve(itsPackage)).as("its package").isDirectory();
        Pattern names = names(mode);
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            if (!file.startsWith(itsPackage) && !file.equals(SERVICES) && !file.equals(GUIDE)) {
                Matcher matcher = names.matcher(file + "\n" + text(file));
                if (matcher.find()) {
                    found.add(file + ": " + matcher.group());
                }
            }
        }

        assertThat(found).as("files that name " + mode.name()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("extraModes")
    void theServicesFileAndTheGuideAreWhereItIsNamed(DeliveryMode mode) throws IOException {
        assertThat(text(SERVICES)).contains(mode.getClass().getName());
        assertThat(text(GUIDE)).containsPattern(names(mode));
    }

    /**
     * Its package, as written in Java or in a path; its classes; and its name as a word, unless it is part of another.
     */
    private static Pattern names(DeliveryMode mode) {
        String classes = mode.getClass().getSimpleName().replaceFirst("Mode$", "");
        String itsPackage = packageOf(mode);
        return Pattern.compile("%s|%s|\\b%s\\w*|(?i:(?<![\\w-])%s(?![\\w-]))"
                .formatted(
                        Pattern.quote(itsPackage),
                        Pattern.quote(inPath(itsPackage)),
                        Pattern.quote(classes),
                        Pattern.quote(mode.name())));
    }

    private static String packageOf(DeliveryMode mode) {
        return mode.getClass().getPackageName();
    }

    private static String inPath(String name) {
        return name.replace('.', '/');
    }

    /** Every file of the repository, relative to its root. */
    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return MADE.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Path relative = ROOT.relativize(file);
                boolean ofSomeonesRun = relative.startsWith(RUNS) && !relative.startsWith(REFERENCE_RUNS);
                if (attributes.isRegularFile() && !ofSomeonesRun) {
                    files.add(relative);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // another test's, deleted meanwhile
            }
        });
        return files;
    }

    /** Reads any bytes as letters, so that no file is left out because of its content. */
    private static String text(Path file) throws IOException {
        return Files.readString(ROOT.resolve(file), StandardCharsets.ISO_8859_1);
    }
}
