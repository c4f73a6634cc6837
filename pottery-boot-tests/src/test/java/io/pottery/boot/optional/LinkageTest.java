package io.pottery.boot.optional;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.pottery.PotteryFactory;
import io.pottery.autoconfigure.PotteryProperties;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.util.ClassUtils;

/**
 * Pottery is compiled against one version of Spring Boot, Spring, Spring Data Redis and Lettuce. All that it uses of
 * them is in the versions which are here, but for what is made for others alone.
 */
class LinkageTest {

    private static final JavaClasses POTTERY = ArchConfiguration.withThreadLocalScope(configuration -> {
        // Of the classes outside, it takes no more than what they are and have.
        Stream.of("AnnotationTypes", "EnclosingTypes", "GenericSignatureTypes", "MemberTypes")
                .forEach(what ->
                        configuration.setProperty("import.dependencyResolutionProcess.maxIterationsFor" + what, "0"));
        return new ClassFileImporter()
                .importUrls(Stream.of(PotteryFactory.class, PotteryProperties.class)
                        .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                        .toList())
                .that(describe("are for this line", LinkageTest::isForThisLine));
    });

    /** Spring Boot 3.5 has the types of health elsewhere, and each line has a Jackson of its own. */
    private static boolean isForThisLine(JavaClass type) {
        boolean isThree = System.getProperty("pottery.line").equals("boot-3.5");
        return !type.getName().contains(isThree ? ".Jackson3" : ".Jackson2")
                && !(isThree && type.getPackageName().equals("io.pottery.autoconfigure.health"));
    }

    @Test
    void allClassesAreThere() {
        assertThat(POTTERY.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                        .filter(type -> !type.isPrimitive() && !isOurs(type))
                        .map(JavaClass::getName)
                        .distinct())
                .contains("org.springframework.boot.autoconfigure.AutoConfiguration")
                .allMatch(LinkageTest::isPublic);
    }

    @Test
    void allMethodsConstructorsAndFieldsAreThere() {
        assertThat(POTTERY.stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(access -> !access.getTargetOwner().isArray() && !isPossible(access))
                        .map(JavaAccess::getDescription))
                .isEmpty();
    }

    @Test
    void noMethodIsLeftWithoutBody() {
        assertThat(POTTERY.stream()
                        .map(JavaClass::getName)
                        .map(name -> ClassUtils.resolveClassName(name, null))
                        .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                        .flatMap(type -> Stream.of(type.getMethods()))
                        .filter(method -> Modifier.isAbstract(method.getModifiers()))
                        .map(Method::toString))
                .isEmpty();
    }

    /** Whether there is what {@code access} goes to, and it is not hidden: others are public here than elsewhere. */
    private static boolean isPossible(JavaAccess<?> access) {
        return access.getTarget()
                .resolveMember()
                .filter(member -> isOurs(member.getOwner())
                        || member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED)
                                && access.getOriginOwner()
                                        .isAssignableTo(member.getOwner().getName()))
                .isPresent();
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith("io.pottery");
    }

    private static boolean isPublic(String type) {
        return ClassUtils.isPresent(type, null)
                && Modifier.isPublic(ClassUtils.resolveClassName(type, null).getModifiers());
    }
}
