package io.pottery.aop;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;

/**
 * What expressions call the parameters of a method.
 *
 * @param indexes the parameter of each name
 * @param complete whether all have names, not just positions
 */
record ParameterNames(Map<String, Integer> indexes, boolean complete) {

    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /**
     * The names in {@code annotated}, where the annotation is; those in {@code implementation} count, too, if it has
     * others.
     */
    static ParameterNames of(Method annotated, Method implementation) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        boolean complete = add(annotated, indexes);
        complete |= add(implementation, indexes);
        for (int i = 0; i < implementation.getParameterCount(); i++) {
            indexes.put("p" + i, i);
            indexes.put("a" + i, i);
        }
        return new ParameterNames(indexes, complete);
    }

    private static boolean add(Method method, Map<String, Integer> indexes) {
        @Nullable String @Nullable [] names = NAMES.getParameterNames(method);
        if (names == null) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            if (name != null) {
                indexes.putIfAbsent(name, i);
            }
        }
        return true;
    }
}
