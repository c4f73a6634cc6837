package io.pottery.aop;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * Keeps in a native image what the annotations of a bean read by reflection: what its methods take, of which keys and
 * arguments are made, and what is cached of what they return. It looks at the methods as the advice does, so that what
 * would stop the application stops its build.
 */
final class BoundTypes implements BeanRegistrationAotProcessor {

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        Stream.of(
                        SynchronizedMethod.ANNOTATION.meaning(BoundTypes::parameters),
                        CacheableMethod.ANNOTATION.meaning(BoundTypes::parametersAndResult),
                        EvictingMethod.ANNOTATION.meaning(BoundTypes::parametersAndResult))
                .flatMap(annotation -> types(annotation, bean))
                .forEach(type -> collect(type, List.of(), classes));
        return classes.isEmpty()
                ? null
                : (context, code) -> register(classes, context.getRuntimeHints().reflection());
    }

    private static Stream<ResolvableType> types(
            AdvisedAnnotation<List<ResolvableType>> annotation, RegisteredBean bean) {
        ConfigurableListableBeanFactory beans = bean.getBeanFactory();
        Placeholders placeholders = new Placeholders(
                beans, beans.getBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME, Environment.class));
        return new AnnotatedMethods<>(annotation, placeholders)
                .ifLoaded(bean.getBeanClass()).values().stream().flatMap(List::stream);
    }

    private static List<ResolvableType> parameters(List<Attributes> annotations) {
        Attributes any = annotations.get(0);
        return IntStream.range(0, any.method().getParameterCount())
                .mapToObj(i -> ResolvableType.forMethodParameter(any.method(), i, any.target()))
                .toList();
    }

    private static List<ResolvableType> parametersAndResult(List<Attributes> annotations) {
        List<ResolvableType> types = new ArrayList<>(parameters(annotations));
        types.add(Outcome.of(annotations.get(0)).value());
        return types;
    }

    /** Adds the classes that {@code type} is made of, as a part of {@code outer} ones. */
    private static void collect(ResolvableType type, List<Class<?>> outer, Set<Class<?>> classes) {
        Class<?> raw = type.resolve();
        if (raw == null || outer.contains(raw)) { // of a variable whose bound names itself
            return;
        }
        classes.add(raw);
        List<Class<?>> all = Stream.concat(outer.stream(), Stream.of(raw)).toList();
        collect(type.getComponentType(), all, classes);
        for (ResolvableType argument : type.getGenerics()) {
            collect(argument, all, classes);
        }
    }

    /** Expressions call public methods, and JSON is bound to what is in there, however deep. */
    private static void register(Set<Class<?>> classes, ReflectionHints hints) {
        new BindingReflectionHintsRegistrar().registerReflectionHints(hints, classes.toArray(Class<?>[]::new));
        classes.forEach(each -> hints.registerType(each, MemberCategory.INVOKE_PUBLIC_METHODS));
    }
}
