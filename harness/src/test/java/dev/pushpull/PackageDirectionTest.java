package dev.pushpull;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.pushpull.scenario.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Arrows between packages point one way: each room may use rooms above it in one list. */
class PackageDirectionTest {
    private static final JavaClasses PROGRAM = program();

    /** Without what libraries' classes consist of, which no rule asks for. */
    private static JavaClasses program() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .importUrl(RunRecord.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation());
        });
    }

    /** Each room, and the rooms above it in this list that it uses: exactly these. */
    private static final String ROOMS = """
            schedule:
            signing:
            theory:
            scenario: schedule
            trace: scenario schedule theory
            report:
            report.shared: scenario schedule
            report.run: report.shared scenario schedule
            report.sweep: report.shared scenario schedule
            report.claims: report.shared scenario
            report.capacity: report.shared scenario
            report.prediction: report.shared scenario schedule
            report.advice: report.shared scenario schedule
            report.standalone: report.shared scenario
            report.observe: report.shared scenario
            report.bench: report.shared scenario
            report.folder: report.shared scenario schedule
            report.stored: report.advice report.capacity report.claims report.observe report.prediction report.run report.shared report.standalone report.sweep scenario
            report.compared: report.shared report.stored scenario schedule
            report.trace: report.shared scenario schedule trace
            host: scenario schedule
            cluster: scenario
            event: scenario schedule
            hosts: host scenario
            http: host scenario
            measure: host http scenario
            watch: host http measure report.shared scenario
            store: host scenario
            surface: event host http scenario schedule signing store theory
            virtual: measure scenario schedule surface
            provider.polling: event host http scenario schedule surface
            provider.webhook: event host http scenario schedule signing store surface
            provider: event host http provider.polling provider.webhook scenario store surface
            delivery: host http measure scenario schedule surface theory virtual
            delivery.polling: delivery event host http measure scenario schedule surface theory virtual
            delivery.longpoll: delivery delivery.polling host measure scenario schedule surface theory virtual
            delivery.stream: delivery event host http measure scenario schedule surface theory virtual
            delivery.sse: delivery delivery.stream event http measure scenario surface virtual
            delivery.websocket: delivery delivery.stream event http measure scenario surface virtual
            delivery.webhook: delivery event host http measure scenario schedule signing store surface theory virtual
            delivery.thin: delivery delivery.webhook event host http measure scenario schedule surface theory virtual
            delivery.batched: delivery delivery.webhook event host measure scenario schedule surface theory virtual
            delivery.hybrid: delivery delivery.polling delivery.webhook host measure scenario schedule surface theory virtual
            advice: delivery scenario schedule
            load: host http measure scenario signing
            standalone: delivery delivery.webhook event host http measure provider provider.webhook scenario schedule signing store surface trace
            observe: host measure scenario standalone trace
            experiment.run: delivery event host http measure provider provider.webhook scenario schedule store surface
            experiment.processes: delivery event experiment.run host hosts http measure provider scenario schedule
            experiment: delivery experiment.processes experiment.run host hosts scenario schedule virtual
            experiment.shards: delivery experiment experiment.run host scenario schedule virtual
            experiment.capacity: delivery.webhook event experiment.run host hosts http load provider provider.webhook scenario schedule signing store surface
            experiment.claim: delivery delivery.webhook event experiment experiment.run host http load measure provider provider.webhook scenario schedule signing standalone store surface theory
            cli: advice cluster delivery delivery.webhook experiment experiment.capacity experiment.claim experiment.run experiment.shards host hosts load measure observe report.advice report.bench report.capacity report.claims report.compared report.folder report.observe report.prediction report.run report.shared report.standalone report.stored report.sweep report.trace scenario schedule signing standalone store surface trace watch
            """;

    @Test
    void aRoomUsesTheRoomsThatItNamesAndNoOther() {
        Map<String, Set<String>> allowed = new LinkedHashMap<>();
        for (String line : ROOMS.lines().toList()) {
            String room = line.substring(0, line.indexOf(':'));
            Set<String> uses = new TreeSet<>(
                    List.of(line.substring(room.length() + 1).strip().split(" +")));
            uses.remove("");
            assertThat(allowed.keySet()).as("rooms above " + room).containsAll(uses);
            allowed.put(room, uses);
        }
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass one : PROGRAM) {
            Set<String> used = uses.computeIfAbsent(room(one), room -> new TreeSet<>());
            one.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> room(dependency.getTargetClass()))
                    .filter(room -> !room.isEmpty() && !room.equals(room(one)))
                    .forEach(used::add);
        }
        assertThat(uses).containsExactlyInAnyOrderEntriesOf(allowed);
    }

    @Test
    void schedulesAndSignaturesKnowNoNetwork() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage("dev.pushpull.schedule..", "dev.pushpull.signing..", "dev.pushpull.trace..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "okhttp3..", "io.undertow..")
                .check(PROGRAM);
    }

    @Test
    void policiesReadNoClock() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.pushpull.schedule..",
                        "dev.pushpull.scenario..",
                        "dev.pushpull.event..",
                        "dev.pushpull.trace..")
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

    /** A library's exception contains Java names; {@code Failures} makes a sentence of it. */
    @Test
    void whatALibraryThrowsIsPutIntoWordsInOnePlace() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.pushpull.scenario.Failures")
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "asks an exception of others for its words",
                        call -> Set.of("getMessage", "getLocalizedMessage", "toString")
                                        .contains(call.getName())
                                && !call.getTarget().getOwner().getName().startsWith("dev.pushpull.")
                                && !WITH_WORDS_FOR_PEOPLE.contains(
                                        call.getTarget().getOwner().getSimpleName())
                                && Throwable.class.isAssignableFrom(
                                        call.getTarget().getOwner().reflect())))
                .check(PROGRAM);
    }

    /** The program's own words: from its checks, and from the parsers of its command line and presets. */
    private static final Set<String> WITH_WORDS_FOR_PEOPLE =
            Set.of("IllegalArgumentException", "ParameterException", "MissingParameterException", "TomlParseError");

    /** The package below ours; empty for other packages. */
    private static String room(JavaClass one) {
        String ours = "dev.pushpull.";
        return one.getPackageName().startsWith(ours) ? one.getPackageName().substring(ours.length()) : "";
    }
}
