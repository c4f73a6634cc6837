package io.pottery.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ChildJvmTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SILENCE = Duration.ofMillis(200);
    private static final int STATUS_OF_KILLED = 128 + 9;

    /** Says its arguments, and then what it is told, until it is told to end. */
    static final class Echo {
        public static void main(String[] arguments) throws InterruptedException {
            LoggerFactory.getLogger(Echo.class).warn("A warning for standard error");
            System.out.println(String.join(" ", arguments));
            for (String line = ParentJvm.lines().take();
                    !line.equals("end");
                    line = ParentJvm.lines().take()) {
                System.out.println(line);
            }
        }
    }

    static final class Failing {
        public static void main(String[] arguments) {
            throw new IllegalStateException("This is meant to fail");
        }
    }

    /** Holds a connection as long as it lives. */
    static final class Connected {
        public static void main(String[] arguments) throws Exception {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]))) {
                System.out.println("connected");
                Thread.currentThread().join();
            }
        }
    }

    /** Starts a child of its own, and pauses it if asked to. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            ChildJvm child = ChildJvm.start(Connected.class, arguments[0]);
            child.nextLine();
            if (arguments[1].equals("pausing")) {
                child.pause();
            }
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    @Test
    void talksInLines() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Echo.class, "two", "words or three")) {
            assertThat(child.nextLine()).isEqualTo("two words or three");
            child.send("grüß dich");
            child.send("");
            assertThat(child.nextLine()).isEqualTo("grüß dich");
            assertThat(child.nextLine()).isEmpty();
            assertThat(child.poll(SILENCE)).isEmpty();

            child.send("end");
            assertThat(child.waitFor(LIMIT)).isZero();
            assertThat(child.poll(LIMIT)).isEmpty();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(child::nextLine)
                    .withMessageContaining("Echo")
                    .withMessageContaining("ended with status 0");
        }
    }

    @Test
    void aMainThatFailsEndsWithAnotherStatus() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Failing.class)) {
            assertThat(child.waitFor(LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void isGoneOnceKilled() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Echo.class, "first\nlast")) {
            assertThat(child.nextLine()).isEqualTo("first");
            assertThat(child.isAlive()).isTrue();
            child.kill();
            assertThat(child.isAlive()).isFalse();
            assertThat(child.waitFor(Duration.ZERO)).isEqualTo(STATUS_OF_KILLED);
            assertThat(child.nextLine()).isEqualTo("last");
            assertThat(child.poll(LIMIT)).isEmpty();
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> child.send("more"))
                    .withMessageContaining("ended with status 137");
        }
    }

    @Test
    void answersOnlyAfterItIsResumedIfPaused() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Echo.class)) {
            child.nextLine();
            child.pause();
            child.pause();
            child.send("late");
            assertThat(child.poll(SILENCE)).isEmpty();
            assertThat(child.isAlive()).isTrue();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> child.waitFor(Duration.ZERO))
                    .withMessageContaining("running");

            child.resume();
            assertThat(child.nextLine()).isEqualTo("late");
            child.send("on");
            assertThat(child.nextLine()).isEqualTo("on");
        }
    }

    @Test
    void canBeClosedWhilePaused() throws InterruptedException {
        ChildJvm child = ChildJvm.start(Echo.class);
        child.nextLine();
        child.pause();
        child.close();
        child.close();
        assertThat(child.isAlive()).isFalse();
        assertThatIllegalStateException().isThrownBy(child::resume).withMessageContaining("SIGCONT");
        assertThatIllegalStateException().isThrownBy(child::pause).withMessageContaining("SIGSTOP");
    }

    @Test
    void endsWithItsInput() throws InterruptedException {
        try (ChildJvm child = ChildJvm.start(Echo.class)) {
            child.nextLine();
            child.endInput();
            assertThat(child.waitFor(LIMIT)).isEqualTo(ParentJvm.STATUS_OF_ORPHANS);
        }
    }

    @Test
    void doesNotOutliveItsKilledParent() throws Exception {
        assertThatTheChildEndsWhenItsParentIsKilled("running");
    }

    @Test
    void doesNotOutliveItsKilledParentWhenPaused() throws Exception {
        assertThatTheChildEndsWhenItsParentIsKilled("pausing");
    }

    private static void assertThatTheChildEndsWhenItsParentIsKilled(String state) throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ChildJvm parent = ChildJvm.start(Parent.class, Integer.toString(listener.getLocalPort()), state);
                Socket child = listener.accept()) {
            assertThat(parent.nextLine()).isEqualTo("ready");
            parent.kill();
            child.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
            assertThat(child.getInputStream().read()).isEqualTo(-1);
        }
    }
}
