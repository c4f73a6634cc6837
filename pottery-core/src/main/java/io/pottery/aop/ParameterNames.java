package io.pottery.aop;

import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * What expressions call the parameters of a method.
 *
 * @param indexes the parameter of each name
 * @param ambiguous names that are positions of other parameters
 * @param complete whether all have names, not just positions
 */
record ParameterNames(Map<String, Integer> indexes, Set<String> ambiguous, boolean complete) {

    /** What SpEL itself calls so. */
    private static final Set<String> RESERVED = Set.of("root", "this");

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /**
     * The names in {@code annotated}, where the annotation is; those in {@code implementation} count, too, if it has
     * others.
     */
    static ParameterNames of(Method annotated, Method implementation) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        boolean complete = add(annotated, indexes);
        complete |= add(implementation, indexes);
        for (int i = 0; i < implementation.getParameterCount(); i++) {
            addPosition("p" + i, i, indexes, ambiguous);
            addPosition("a" + i, i, indexes, ambiguous);
        }
        return new ParameterNames(indexes, ambiguous, complete);
    }

    /** These, and {@code name} for what follows the parameters. */
    ParameterNames with(String name, int index) {
        Map<String, Integer> more = new LinkedHashMap<>(indexes);
        Set<String> confused = new HashSet<>(ambiguous);
        addPosition(name, index, more, confused);
        return new ParameterNames(more, confused, complete);
    }

    private static void addPosition(String name, int index, Map<String, Integer> indexes, Set<String> ambiguous) {
        Integer other = indexes.putIfAbsent(name, index);
        if (other != null && other != index) {
            ambiguous.add(name);
        }
    }

    private static boolean add(Method method, Map<String, Integer> indexes) {
        @Nullable String @Nullable [] names = NAMES.getParameterNames(method);
        if (names == null) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name != null && !RESERVED.contains(name)) {
                indexes.putIfAbsent(name, i);
            }
        }
        return true;
    }
}
