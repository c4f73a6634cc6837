package io.pottery.cache;

import java.lang.reflect.Modifier;

/**
 * The name that tells the values of a class from those of others. Classes of {@code java.*} go by their name without
 * the package, and classes that the JDK hides by the public one that they extend.
 *
 * @param ofApplication whether it names a class that is not of {@code java.*}, which must not be seen in Redis
 */
record TypeName(String text, boolean ofApplication) {

    /** Where classes have names that others have in {@code java.util} and {@code java.security}. */
    private static final String SQL = "java.sql";

    static TypeName of(Class<?> type) {
        if (type.isArray()) {
            TypeName component = of(type.getComponentType());
            return new TypeName(component.text + "[]", component.ofApplication);
        }
        if (type.isPrimitive()) {
            return new TypeName(type.getName(), false);
        }
        Class<?> known = isOfJdk(type) ? published(type) : type;
        return isOfJava(known)
                ? new TypeName(withoutPackage(known).replace('$', '.'), false)
                : new TypeName(known.getName(), true);
    }

    private static boolean isOfJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /** A zone of time is a {@code ZoneRegion}, a charset a {@code sun.nio.cs.UTF_8}, until the next version of Java. */
    private static Class<?> published(Class<?> type) {
        for (Class<?> known = type; known != null && known != Object.class; known = known.getSuperclass()) {
            if (isOfJava(known) && Modifier.isPublic(known.getModifiers())) {
                return known;
            }
        }
        return type;
    }

    private static boolean isOfJava(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static String withoutPackage(Class<?> type) {
        return type.getPackageName().equals(SQL)
                ? type.getName()
                : type.getName().substring(type.getPackageName().length() + 1);
    }
}
