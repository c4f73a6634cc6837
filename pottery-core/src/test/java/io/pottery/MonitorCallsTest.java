package io.pottery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MonitorCallsTest {

    private static final List<JavaCall<?>> GUARDED =
            MonitorCalls.of(new ClassFileImporter().importClass(Guarded.class));

    @Test
    void allOfASynchronizedMethodIsGuarded() {
        assertThat(guardedIn("method")).containsExactly("one", "two", "later");
    }

    @Test
    void aBlockIsGuardedButNotWhatIsAroundIt() {
        assertThat(guardedIn("block")).containsExactly("one", "two", "<init>");
    }

    @Test
    void nestedBlocksAreGuarded() {
        assertThat(guardedIn("nested")).containsExactly("one", "two", "three");
    }

    @Test
    void whatFollowsANestedBlockThatReturnsIsGuarded() {
        assertThat(guardedIn("nestedReturn")).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsBeforeAndAfterAnEarlyReturnIsGuarded() {
        assertThat(guardedIn("earlyReturns")).containsExactly("one", "two", "three", "one");
    }

    @Test
    void loopsThatLeaveTheBlockAreGuarded() {
        assertThat(guardedIn("loop")).containsExactly("one", "two", "three");
    }

    @Test
    void whatIsCaughtInABlockIsGuarded() {
        assertThat(Set.copyOf(guardedIn("caughtInside"))).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void whatCatchesAroundABlockIsNotGuarded() {
        assertThat(guardedIn("caughtAround")).containsExactly("one");
    }

    @Test
    void whatIsThrownFromABlockIsMadeUnderItsMonitor() {
        assertThat(guardedIn("throwing")).containsExactly("<init>");
    }

    @Test
    void aLambdaIsOnlyMadeUnderTheMonitor() {
        assertThat(guardedIn("lambda")).containsExactly("later");
    }

    @Test
    void aBlockInALambdaIsGuarded() {
        assertThat(guardedIn("blockInLambda")).containsExactly("one");
    }

    @Test
    void nothingIsGuardedWithoutAMonitor() {
        assertThat(guardedIn("free")).isEmpty();
    }

    private static List<String> guardedIn(String method) {
        return GUARDED.stream()
                .filter(call -> call.getOrigin().getName().equals(method))
                .map(JavaCall::getName)
                .toList();
    }

    @SuppressWarnings("unused") // it is read, not run
    private static final class Guarded {

        private final Object inner = new Object();

        synchronized void method() {
            one();
            if (two()) {
                return;
            }
            later(() -> free());
        }

        void block() {
            free();
            synchronized (this) {
                one();
                two();
                new StringBuilder();
            }
            free();
        }

        void nested() {
            synchronized (this) {
                one();
                synchronized (inner) {
                    two();
                }
                three();
            }
            free();
        }

        boolean nestedReturn() {
            free();
            synchronized (this) {
                synchronized (inner) {
                    if (one()) {
                        return two();
                    }
                }
                three();
            }
            return free();
        }

        boolean earlyReturns() {
            synchronized (this) {
                if (one()) {
                    return true;
                }
                if (two()) {
                    return three();
                }
                one();
            }
            return free();
        }

        void loop() {
            while (free()) {
                synchronized (this) {
                    if (one()) {
                        continue;
                    }
                    if (two()) {
                        break;
                    }
                    three();
                }
                free();
            }
        }

        void caughtInside() {
            synchronized (this) {
                try {
                    one();
                } catch (RuntimeException e) {
                    two();
                } finally {
                    three();
                }
            }
            free();
        }

        void caughtAround() {
            try {
                free();
                synchronized (this) {
                    one();
                }
            } catch (RuntimeException e) {
                free();
            } finally {
                free();
            }
        }

        void throwing() {
            synchronized (this) {
                throw new IllegalStateException();
            }
        }

        void lambda() {
            synchronized (this) {
                later(() -> free());
            }
        }

        void blockInLambda() {
            later(() -> {
                synchronized (this) {
                    one();
                }
                free();
            });
        }

        boolean free() {
            return inner.equals(this);
        }

        private boolean one() {
            return false;
        }

        private boolean two() {
            return false;
        }

        private boolean three() {
            return false;
        }

        private void later(Runnable work) {}
    }
}
