package dev.berth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ObjectInputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** DESIGN section 3 and the house rules, each shown to catch what it forbids in planted classes. */
class ArchitectureTest {
    private static final String ROOT = "dev.berth";
    private static final String PLANTED = "dev.berth.architecture.planted";
    private static final Pattern SYNCHRONIZED = Pattern.compile("\\bsynchronized\\b");

    private static final Pattern DESERIALIZING = Pattern.compile("\\b(ObjectInputStream|XMLDecoder)\\b");
    private static final Pattern DECOMPRESSING = Pattern.compile("\\b(Inflater\\w*|GZIPInputStream|ZipInputStream)\\b");

    private static final JavaClasses BUILT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses PLANTS = new ClassFileImporter().importPackages(PLANTED);
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT)
            .that(not(resideInAPackage(PLANTED + "..")));

    @Test
    void theImportSeesTheHouse() {
        assertThat(BUILT.contain("dev.berth.server.TcpServer")).isTrue();
        assertThat(BUILT.contain(getClass())).isFalse();
        assertThat(TESTS.contain(getClass())).isTrue();
    }

    @Test
    void roomsKnowOnlyWhatTheyMay() {
        holdsAndCatches(ArchitectureTest::rooms);
    }

    private static ArchRule rooms(String root) {
        return layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(root + "..")
                .withOptionalLayers(true)
                .layer("framing").definedBy(root + ".framing..")
                .layer("transport").definedBy(root + ".transport..")
                .layer("connection").definedBy(root + ".connection..")
                .layer("server").definedBy(root + ".server..")
                .layer("client").definedBy(root + ".client..")
                .whereLayer("framing").mayNotAccessAnyLayer()
                .whereLayer("transport").mayNotAccessAnyLayer()
                .whereLayer("connection").mayOnlyAccessLayers("framing", "transport")
                .whereLayer("server").mayOnlyAccessLayers("connection", "framing", "transport")
                .whereLayer("client").mayOnlyAccessLayers("connection", "framing", "transport");
    }

    @Test
    void noRoomsFormACircle() {
        holdsAndCatches(root -> slices().matching(root + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void nobodyPrintsOrLogs() {
        holdsAndCatches(_ -> noClasses().should().accessField(System.class, "out"));
        var tracing = noClasses().should().callMethod(Throwable.class, "printStackTrace");
        holdsAndCatches(_ -> tracing);
        holdsAndCatches(_ -> noClasses().should().dependOnClassesThat().areAssignableTo(System.Logger.class));
        noClasses().should().accessField(System.class, "err").check(BUILT);
        noClasses().should().dependOnClassesThat().resideInAnyPackage("java.util.logging..", "org.slf4j..").check(BUILT);
    }

    /** FAULTS B12, in every module. */
    @Test
    void nobodyDeserializes() throws Exception {
        holdsAndCatches(_ -> noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class));
        assertThat(Sources.withMatch(Sources.PLANTED, DESERIALIZING)).hasSize(1);
        for (var module : Sources.everyMain()) {
            assertThat(Sources.withMatch(module, DESERIALIZING)).isEmpty();
        }
    }

    /** FAULTS B8, in every module: what nobody inflates is no bomb. */
    @Test
    void nobodyDecompresses() throws Exception {
        holdsAndCatches(_ -> noClasses().should().dependOnClassesThat().haveNameMatching("java\\.util\\.zip\\.(Infl|GZIP|Zip).*"));
        assertThat(Sources.withMatch(Sources.PLANTED, DECOMPRESSING)).hasSize(1);
        for (var module : Sources.everyMain()) {
            assertThat(Sources.withMatch(module, DECOMPRESSING)).isEmpty();
        }
    }

    @Test
    void nobodySynchronizesButTheOutput() throws Exception {
        // Its lock is taken wherever a handler's stack may end: docs/decisions/0024.
        assertThat(Sources.withMatch(Sources.MAIN, SYNCHRONIZED)).hasSize(1).allMatch(file -> file.toString().endsWith("Output.java"));
        assertThat(Sources.withMatch(Sources.PLANTED, SYNCHRONIZED)).hasSize(1);
        holdsAndCatches(_ -> noMethods().should()
                .haveModifier(JavaModifier.SYNCHRONIZED));
    }

    /** The date may jump (FAULTS E12): what is measured in time is measured by {@link System#nanoTime}. */
    @Test
    void nobodyMeasuresByTheDate() {
        var dates = noClasses()
                // Only shown: since when a connection is there.
                .that().haveNameNotMatching(".*\\.LinkConnection")
                .should().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethodWhere(target(nameMatching("now")).and(target(owner(resideInAPackage("java.time..")))));
        holdsAndCatches(_ -> dates);
    }

    @Test
    void noTestSleeps() {
        var sleepers = belongToAnyOf(Thread.class, TimeUnit.class, LockSupport.class);
        var sleeping = noClasses().should().callMethodWhere(
                target(nameMatching("sleep|parkNanos|parkUntil")).and(target(owner(sleepers))));
        sleeping.check(TESTS);
        assertThat(sleeping.evaluate(PLANTS).hasViolation()).isTrue();
    }

    /** The rule, made for the package it is to hold in, holds in the house and catches the planted classes. */
    private void holdsAndCatches(Function<String, ArchRule> rule) {
        rule.apply(ROOT).check(BUILT);
        assertThat(rule.apply(PLANTED).evaluate(PLANTS).hasViolation()).as("catches what was planted").isTrue();
    }
}
