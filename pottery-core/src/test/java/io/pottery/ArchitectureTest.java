package io.pottery;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.lettuce.core.LettuceFutures;
import io.pottery.error.PotteryException;
import io.pottery.error.QueueEmptyException;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of docs/decisions/0001-layout.md; each was seen to fail once. */
class ArchitectureTest {

    private static final String FEATURES = "io.pottery.(collection|queue|lock|id|cache|sketch)..";

    private final JavaClasses pottery =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.pottery");

    @Test
    void featuresDoNotKnowEachOther() {
        slices().matching(FEATURES)
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideIn("io.pottery.cache"), resideIn("io.pottery.collection"))
                .check(pottery);
    }

    @Test
    void noFeatureKnowsTheFactory() {
        noClasses()
                .that()
                .resideInAnyPackage("io.pottery.*..")
                .and()
                .resideOutsideOfPackage("io.pottery.aop..")
                .and()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.pottery")
                .check(pottery);
    }

    @Test
    void oneRedisDoesNotKnowOfMany() {
        noClasses()
                .that()
                .resideInAPackage("..internal.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal.quorum..")
                .check(pottery);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("(**)").should().beFreeOfCycles().check(pottery);
    }

    @Test
    void internalTypesStayOutOfTheApi() {
        methods()
                .that(describe("are API", ArchitectureTest::isApi))
                .should(new ArchCondition<>("neither take nor return internal types") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getAllInvolvedRawTypes().stream()
                                .filter(ArchitectureTest::isInternal)
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " shows " + type.getName())));
                    }
                })
                .check(pottery);
    }

    @Test
    void internalTypesComeInOnlyThroughConstructorsThatTheFactoryCalls() {
        classes()
                .that()
                .arePublic()
                .and(describe("are not internal", type -> !isInternal(type)))
                .should(new ArchCondition<>("be made with internal types by the factory alone") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        for (JavaConstructor constructor : type.getConstructors()) {
                            boolean internal = constructor.getModifiers().contains(JavaModifier.PUBLIC)
                                    && constructor.getRawParameterTypes().stream()
                                            .anyMatch(ArchitectureTest::isInternal);
                            if (internal
                                    && constructor.getCallsOfSelf().stream()
                                            .noneMatch(call ->
                                                    call.getOriginOwner().isEquivalentTo(PotteryFactory.class))) {
                                events.add(SimpleConditionEvent.violated(
                                        constructor, constructor.getFullName() + " is not called by the factory"));
                            }
                        }
                        for (JavaField field : type.getFields()) {
                            if (field.getModifiers().contains(JavaModifier.PUBLIC) && isInternal(field.getRawType())) {
                                events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is public"));
                            }
                        }
                    }
                })
                .check(pottery);
    }

    @Test
    void timeIsDurations() {
        noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(Lock.class) // whose tryLock has one
                .and()
                .areDeclaredInClassesThat()
                .areNotAssignableTo(BlockingQueue.class) // whose offer and poll have one
                .should()
                .haveRawParameterTypes(describe(
                        "a TimeUnit", types -> types.stream().anyMatch(type -> type.isEquivalentTo(TimeUnit.class))))
                .because("a number with a unit gets converted twice or not at all")
                .check(pottery);
    }

    @Test
    void onlyAwaitPipelineAndLineBlock() {
        noClasses()
                .that()
                .haveSimpleNameNotContaining("Await")
                .and()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should()
                .callMethod(CompletableFuture.class, "join")
                .orShould()
                .callMethod(CompletableFuture.class, "get")
                .check(pottery);
        noClasses()
                .that()
                .haveNameNotMatching(".*(\\.Await|\\.Line)(\\$.*)?")
                .and()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should()
                .callMethod(CompletableFuture.class, "get", long.class, TimeUnit.class)
                .check(pottery);
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("Pipeline")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(LettuceFutures.class)
                .check(pottery);
    }

    @Test
    void onlyTheKernelKnowsConnections() {
        noClasses()
                .that()
                .resideInAnyPackage("io.pottery.codec..", "io.pottery.collection..", "io.pottery.key..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.lettuce..", "org.springframework.data.redis.connection.lettuce..")
                .orShould()
                .dependOnClassesThat()
                .haveSimpleName("RedisConnectionFactory")
                .check(pottery);
    }

    @Test
    void everyExceptionIsAPotteryException() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .arePublic()
                .and()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should()
                .beAssignableTo(PotteryException.class)
                .orShould()
                .be(QueueEmptyException.class) // the contract of Queue demands a NoSuchElementException
                .check(pottery);
    }

    @Test
    void onlyTheAdaptersOfAJacksonKnowIt() {
        noClasses()
                .that(describe("are no adapters of Jackson 3", type -> !isNamed(type, "Jackson3")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .because("it may be absent, and Spring looks at all methods of a class")
                .check(pottery);
        noClasses()
                .that(describe("are no adapters of Jackson 2", type -> !isNamed(type, "Jackson2")))
                .should()
                .dependOnClassesThat(describe(
                        "Jackson 2 beyond its annotations",
                        type -> type.getPackageName().startsWith("com.fasterxml.jackson")
                                && !type.getPackageName().equals("com.fasterxml.jackson.annotation")))
                .check(pottery);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .should(new ArchCondition<>("lie in a @NullMarked package") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                            events.add(SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " has no @NullMarked package-info"));
                        }
                    }
                })
                .check(pottery);
    }

    @Test
    void nothingReadsTheTimeButTheElapsedClock() {
        noClasses()
                .that()
                .haveSimpleNameNotStartingWith("ElapsedClock")
                .and()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(pottery);
    }

    @Test
    void nothingWaitsInSynchronized() {
        classes()
                .that()
                .resideOutsideOfPackage("io.pottery.testredis..")
                .should(new ArchCondition<>("neither wait nor do I/O in synchronized, nor call what does") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        MonitorCalls.of(type).stream()
                                .flatMap(call -> WaitingCalls.reachedFrom(call).stream())
                                .forEach(chain -> events.add(SimpleConditionEvent.violated(
                                        type,
                                        chain.stream()
                                                .map(JavaCall::getDescription)
                                                .collect(joining("\n    -> ", "In synchronized, ", "")))));
                    }
                })
                .because("a virtual thread that waits there holds its carrier up to Java 23, and others wait behind it")
                .check(pottery);
    }

    /** Whether the name of {@code type}, or of the class around it, begins so. */
    private static boolean isNamed(JavaClass type, String beginning) {
        return type.getName().startsWith(type.getPackageName() + "." + beginning);
    }

    private static boolean isApi(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && method.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
                && !isInternal(method.getOwner());
    }

    private static boolean isInternal(JavaClass type) {
        return type.getPackageName().contains(".internal");
    }

    private static DescribedPredicate<JavaClass> resideIn(String name) {
        return describe(name, type -> type.getPackageName().equals(name));
    }
}
