package dev.pushpull;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Arrows between packages point one way: cli, then report and experiment, then delivery and provider, then the ground. */
class PackageDirectionTest {
    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.pushpull");

    @Test
    void everyRoomIsUsedOnlyByTheRoomsAboveIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy("dev.pushpull.cli..")
                .layer("report")
                .definedBy("dev.pushpull.report..")
                .layer("experiment")
                .definedBy("dev.pushpull.experiment..")
                .layer("delivery")
                .definedBy("dev.pushpull.delivery..")
                .layer("provider")
                .definedBy("dev.pushpull.provider..")
                .layer("load")
                .definedBy("dev.pushpull.load..")
                .layer("signing")
                .definedBy("dev.pushpull.signing..")
                .layer("event")
                .definedBy("dev.pushpull.event..")
                .layer("measure")
                .definedBy("dev.pushpull.measure..")
                .layer("scenario")
                .definedBy("dev.pushpull.scenario..")
                .layer("schedule")
                .definedBy("dev.pushpull.schedule..")
                .layer("theory")
                .definedBy("dev.pushpull.theory..")
                .whereLayer("theory")
                .mayOnlyBeAccessedByLayers("delivery", "experiment")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("experiment")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("delivery")
                .mayOnlyBeAccessedByLayers("experiment", "cli")
                .whereLayer("load")
                .mayOnlyBeAccessedByLayers("experiment", "cli")
                .whereLayer("provider")
                .mayOnlyBeAccessedByLayers("experiment", "cli")
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
        slices().matching("dev.pushpull.(*)..").should().beFreeOfCycles().check(PROGRAM);
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
}
