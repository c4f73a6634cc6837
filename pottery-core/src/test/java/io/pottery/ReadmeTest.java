package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.aop.EnablePottery;
import io.pottery.cache.RedisCacheEvict;
import io.pottery.cache.RedisCacheable;
import io.pottery.lock.Synchronized;
import io.pottery.testing.TestRedis;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Compiles and runs every Java block of README.md.
 *
 * <p>Statements run with {@code pottery} in scope; what stands behind an arrow in a comment must be the value of the
 * expression before it. A class must become a bean where {@link PotteryFactory} is one, and its annotated methods run.
 */
public class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern EXPECTATION = Pattern.compile("(?m)^( *)([^\\n]*?); +// -> ([^\\n]*?)(?: \\(.*\\))?$");
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)");

    private static final String IMPORTS = """
            import io.pottery.*;
            import io.pottery.aop.*;
            import io.pottery.cache.*;
            import io.pottery.collection.*;
            import io.pottery.id.*;
            import io.pottery.key.*;
            import io.pottery.lock.*;
            import io.pottery.queue.*;
            import io.pottery.sketch.*;
            import io.pottery.time.*;
            import java.time.*;
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.concurrent.locks.*;
            import java.util.stream.*;
            import org.springframework.core.ParameterizedTypeReference;
            import org.springframework.stereotype.*;
            import reactor.core.publisher.*;
            """;

    private static final List<Class<? extends Annotation>> ANNOTATIONS =
            List.of(Synchronized.class, RedisCacheable.class, RedisCacheEvict.class);

    private static RedisServer redis;
    private static LettuceConnectionFactory connections;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        redis = RedisServer.start();
        connections = TestRedis.connect(redis);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        redis.close();
    }

    @TestFactory
    Stream<DynamicTest> blocksRun() throws IOException {
        List<String> blocks = blocks();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(5);
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(block.lines().findFirst().orElseThrow(), () -> {
                    redis.execute("FLUSHALL");
                    run(block);
                }));
    }

    @Test
    void aWrongExampleFails() {
        assertThat(EXPECTATION.matcher("a.b();   // -> 1 (one)").replaceAll(ReadmeTest::checked))
                .isEqualTo("ReadmeTest.expect(\"1\", a.b());");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> run("pottery.dict(\"t\", String.class, Integer.class).size(); // -> 1\n"))
                .hasRootCauseInstanceOf(AssertionError.class);
    }

    /** Called by the compiled examples. */
    public static void expect(String text, Object value) {
        assertThat(String.valueOf(value)).isEqualTo(text);
    }

    private static List<String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private void run(String block) throws Exception {
        Matcher declared = CLASS.matcher(block);
        if (declared.find()) {
            Class<?> bean = compile(declared.group(1), block);
            try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
                context.setClassLoader(bean.getClassLoader());
                context.registerBean(PotteryFactory.class, () -> PotteryFactory.create(connections));
                context.register(Annotations.class, bean);
                context.refresh();
                callAnnotated(bean, context.getBean(bean));
            }
            return;
        }
        Class<?> example = compile(
                "Example",
                "public class Example { public static void run(PotteryFactory pottery) throws Exception {\n%s}}"
                        .formatted(EXPECTATION.matcher(block).replaceAll(ReadmeTest::checked)));
        Method run = example.getMethod("run", PotteryFactory.class);
        run.invoke(null, PotteryFactory.create(connections));
    }

    /** Calls methods of a number, or of a number and a text, one after the other. */
    private static void callAnnotated(Class<?> type, Object bean) throws Exception {
        for (Method method : type.getDeclaredMethods()) {
            if (ANNOTATIONS.stream().anyMatch(method::isAnnotationPresent)) {
                method.setAccessible(true);
                Object result =
                        method.getParameterCount() == 1 ? method.invoke(bean, 7L) : method.invoke(bean, 7L, "tea");
                assertThat(result).asString().contains("7");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class Annotations {}

    private static String checked(MatchResult line) {
        return Matcher.quoteReplacement("%sReadmeTest.expect(\"%s\", %s);"
                .formatted(line.group(1), line.group(3).replace("\"", "\\\""), line.group(2)));
    }

    private Class<?> compile(String name, String code) throws Exception {
        Path classes = Files.createTempDirectory(folder, "classes");
        Path source = Files.writeString(classes.resolve(name + ".java"), IMPORTS + code);
        StringWriter messages = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        boolean compiled = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "-proc:none",
                                "-parameters",
                                "-Xlint:all",
                                "-Werror",
                                "-d",
                                classes.toString(),
                                "-cp",
                                classPath()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
                .call();
        assertThat(compiled).as(messages + "\n" + code).isTrue();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, ReadmeTest.class.getClassLoader())
                .loadClass(name);
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
