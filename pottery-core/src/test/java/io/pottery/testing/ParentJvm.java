package io.pottery.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** The JVM that started this one with {@link ChildJvm}; when it ends, or stops talking, this one is halted. */
public final class ParentJvm {

    static final int STATUS_OF_ORPHANS = 79;

    private static final BlockingQueue<String> LINES = new LinkedBlockingQueue<>();

    private ParentJvm() {}

    /** The lines that {@link ChildJvm#send} has sent, as they come. */
    public static BlockingQueue<String> lines() {
        return LINES;
    }

    /** Runs the {@code main} of the class that the first argument names, with the other arguments. */
    public static void main(String[] arguments) throws Throwable {
        Thread listener = new Thread(ParentJvm::listen, "parent-jvm");
        listener.setDaemon(true);
        listener.start();
        Method main = Class.forName(arguments[0]).getDeclaredMethod("main", String[].class);
        main.setAccessible(true);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static void listen() {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                LINES.add(line);
            }
        } catch (IOException e) {
            e.printStackTrace();
        } finally {
            Runtime.getRuntime().halt(STATUS_OF_ORPHANS);
        }
    }
}
