package dev.pushpull;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrows between packages point one way: cli, then report and experiment, then delivery and provider, then the ground. */
class PackageDirectionTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pushpull");

    @ParameterizedTest
    @CsvSource({
        "cli,",
        "report, cli",
        "experiment, cli",
        "delivery, experiment cli",
        "load, experiment cli",
        "provider, experiment cli",
        "theory, delivery experiment"
    })
    void everyRoomIsUsedOnlyByTheRoomsAboveIt(String room, String above) {
        String[] users = Stream.concat(Stream.of(room), Stream.of((above == null ? "" : above).split(" ")))
                .filter(user -> !user.isEmpty())
                .map(user -> "dev.pushpull." + user + "..")
                .toArray(String[]::new);
        ArchRuleDefinition.classes()
                .that()
                .resideInAPackage("dev.pushpull." + room + "..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAnyPackage(users)
                .check(PROGRAM);
    }

    @Test
    void theReportReadsOutcomesAndRunsNothing() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.pushpull.report..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pushpull.measure..",
                        "dev.pushpull.event..",
                        "dev.pushpull.signing..",
                        "dev.pushpull.provider..",
                        "dev.pushpull.delivery..",
                        "dev.pushpull.experiment..")
                .check(PROGRAM);
    }

    @Test
    void schedulesAndSignaturesAreAlone() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.pushpull.schedule..", "dev.pushpull.signing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.pushpull.scenario..",
                        "dev.pushpull.event..",
                        "dev.pushpull.measure..",
                        "java.net..",
                        "okhttp3..",
                        "io.undertow..")
                .check(PROGRAM);
    }

    @Test
    void theoryKnowsNumbersOnly() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.pushpull.theory..")
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are ours and of another room",
                        other -> other.getPackageName().startsWith("dev.pushpull.")
                                && !other.getPackageName().startsWith("dev.pushpull.theory")))
                .check(PROGRAM);
    }

    @Test
    void noTwoRoomsNeedEachOther() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass one : PROGRAM) {
            Set<String> used = uses.computeIfAbsent(room(one), room -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> room(dependency.getTargetClass()))
                    .filter(room -> !room.isEmpty() && !room.equals(room(one)))
                    .forEach(used::add);
        }
        assertThat(uses).hasSizeGreaterThan(10);
        // take away the rooms that need none of the others, time and again: what stays needs itself
        while (uses.values().removeIf(used -> used.stream().noneMatch(uses::containsKey))) {
            continue;
        }
        assertThat(uses).as("rooms in a circle, or above one").isEmpty();
    }

    @Test
    void policiesReadNoClock() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.pushpull.schedule..", "dev.pushpull.scenario..", "dev.pushpull.event..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(PROGRAM);
    }

    /** A library's exception says Java's names; {@code Failures} makes a sentence of it. */
    @Test
    void whatALibraryThrowsIsPutIntoWordsInOnePlace() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pushpull.scenario.Failures")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "asks an exception of others for its words",
                        call -> call.getTarget().getOwner().isAssignableTo(Throwable.class)
                                && !call.getTarget().getOwner().getName().startsWith("dev.pushpull.")
                                && !WITH_WORDS_FOR_PEOPLE.contains(
                                        call.getTarget().getOwner().getSimpleName())
                                && Set.of("getMessage", "getLocalizedMessage", "toString")
                                        .contains(call.getName())))
                .check(PROGRAM);
    }

    /** The program's own words: from its checks, and what its command line's and its presets' parsers say. */
    private static final Set<String> WITH_WORDS_FOR_PEOPLE =
            Set.of("IllegalArgumentException", "ParameterException", "MissingParameterException", "TomlParseError");

    /** The first name below ours; empty for what is not ours. */
    private static String room(JavaClass one) {
        String[] names = one.getPackageName().split("\\.");
        return one.getPackageName().startsWith("dev.pushpull.") ? names[2] : "";
    }
}
