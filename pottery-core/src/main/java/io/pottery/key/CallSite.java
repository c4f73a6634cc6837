package io.pottery.key;

import java.security.CodeSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the line of the application that called Pottery. */
final class CallSite {

    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final @Nullable CodeSource POTTERY = codeSource(CallSite.class);

    private CallSite() {}

    /** The innermost caller that is neither Pottery's nor the JDK's code. */
    static String current() {
        return STACK.walk(frames -> frames.filter(CallSite::isApplication)
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("unknown code"));
    }

    private static boolean isApplication(StackWalker.StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        ClassLoader loader = type.getClassLoader();
        boolean isJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
        return !isJdk && !Objects.equals(codeSource(type), POTTERY);
    }

    private static @Nullable CodeSource codeSource(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
