package io.pottery;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.lettuce.core.ConnectionFuture;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import io.pottery.internal.quorum.Await;
import io.pottery.internal.quorum.Quorum;
import io.pottery.internal.redis.LettuceReader;
import io.pottery.internal.redis.RedisMaster;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.Writer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;

/** Calls that wait or do I/O, and the chains of calls inside Pottery that lead to them. */
final class WaitingCalls {

    /** What waits, or sends to Redis. */
    private static final Map<Class<?>, Set<String>> METHODS = Map.ofEntries(
            entry(Object.class, Set.of("wait")),
            entry(Thread.class, Set.of("sleep", "join")),
            entry(TimeUnit.class, Set.of("sleep", "timedJoin", "timedWait")),
            entry(Process.class, Set.of("waitFor")),
            entry(LockSupport.class, Set.of("park", "parkNanos", "parkUntil")),
            entry(Lock.class, Set.of("lock", "lockInterruptibly", "tryLock")),
            entry(
                    StampedLock.class,
                    Set.of("readLock", "readLockInterruptibly", "writeLock", "writeLockInterruptibly")),
            entry(Condition.class, Set.of("await", "awaitNanos", "awaitUntil", "awaitUninterruptibly")),
            entry(CountDownLatch.class, Set.of("await")),
            entry(CyclicBarrier.class, Set.of("await")),
            entry(Phaser.class, Set.of("arriveAndAwaitAdvance", "awaitAdvance", "awaitAdvanceInterruptibly")),
            entry(Semaphore.class, Set.of("acquire", "acquireUninterruptibly")),
            entry(BlockingQueue.class, Set.of("take", "put")),
            entry(Future.class, Set.of("get", "join")),
            entry(ExecutorService.class, Set.of("invokeAll", "invokeAny", "awaitTermination", "close")),
            entry(Log.class, Set.of("trace", "debug", "info", "warn", "error", "fatal")),
            entry(Quorum.class, Set.of("ask", "connect", "connectAll")),
            entry(RedisMaster.class, Set.of("connected", "run", "listen", "unlisten", "unblock")),
            entry(LettuceReader.class, Set.of("read")));

    /** What waits if it is told for how long. */
    private static final Set<Class<?>> TIMED = Set.of(BlockingQueue.class, Semaphore.class, StampedLock.class);

    /** What does I/O, whatever is called. */
    private static final Set<Class<?>> TYPES = Set.of(
            InputStream.class,
            OutputStream.class,
            Reader.class,
            Writer.class,
            RandomAccessFile.class,
            Files.class,
            Socket.class,
            ServerSocket.class,
            DatagramSocket.class,
            URLConnection.class,
            InetAddress.class,
            Await.class);

    private static final DescribedPredicate<JavaClass> PACKAGES =
            resideInAnyPackage("java.nio.channels..", "io.lettuce..", "org.springframework.data.redis..");

    /**
     * What Lettuce answers at once, and does on its own threads. {@code LettuceMaster} and {@code LettuceChannels} ask
     * for it under their monitors, because what is known of a connection must change together with it, and subscribing
     * and unsubscribing must be sent in the order of those changes.
     */
    private static final Map<Class<?>, Set<String>> HANDED_OVER = Map.of(
            RedisClient.class, Set.of("connectAsync", "connectPubSubAsync"),
            ConnectionFuture.class, Set.of("thenApply"),
            RedisChannelHandler.class, Set.of("isClosed"),
            StatefulConnection.class, Set.of("isOpen", "closeAsync"),
            StatefulRedisPubSubConnection.class, Set.of("addListener", "async"),
            RedisPubSubAsyncCommands.class, Set.of("unsubscribe"));

    private WaitingCalls() {}

    /**
     * The shortest chains of calls that begin with {@code first} and end with one that waits. Lambdas are not followed:
     * most of them run later.
     */
    static List<List<JavaCall<?>>> reachedFrom(JavaCall<?> first) {
        List<List<JavaCall<?>>> reached = new ArrayList<>();
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<List<JavaCall<?>>> open = new ArrayDeque<>(List.of(List.of(first)));
        while (!open.isEmpty()) {
            List<JavaCall<?>> chain = open.remove();
            JavaCall<?> last = chain.get(chain.size() - 1);
            if (waits(last)) {
                reached.add(chain);
            } else {
                calledBy(last)
                        .filter(seen::add)
                        .flatMap(called -> called.getCallsFromSelf().stream())
                        .filter(call -> !call.isDeclaredInLambda())
                        .forEach(call -> open.add(Stream.<JavaCall<?>>concat(chain.stream(), Stream.of(call))
                                .toList()));
            }
        }
        return reached;
    }

    private static boolean waits(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        boolean timed =
                call.getTarget().getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(TimeUnit.class));
        return isOneOf(METHODS, call)
                || timed && TIMED.stream().anyMatch(owner::isAssignableTo)
                || TYPES.stream().anyMatch(owner::isAssignableTo)
                || PACKAGES.test(owner) && !isOneOf(HANDED_OVER, call);
    }

    private static boolean isOneOf(Map<Class<?>, Set<String>> methods, JavaCall<?> call) {
        return methods.entrySet().stream()
                .anyMatch(each -> each.getValue().contains(call.getName())
                        && call.getTargetOwner().isAssignableTo(each.getKey()));
    }

    /** The methods of Pottery that {@code call} may come to: the one that it names, and all that override it. */
    private static Stream<JavaCodeUnit> calledBy(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        if (!owner.getPackageName().startsWith("io.pottery")) {
            return Stream.empty();
        }
        Stream<? extends JavaMember> named = call.getTarget().resolveMember().stream();
        Stream<? extends JavaMember> overriding = call instanceof JavaMethodCall
                ? owner.getAllSubclasses().stream()
                        .flatMap(subclass -> subclass.getAllMethods().stream())
                        .filter(method -> method.getName().equals(call.getName())
                                && method.getRawParameterTypes().size()
                                        == call.getTarget()
                                                .getRawParameterTypes()
                                                .size())
                : Stream.empty();
        return Stream.concat(named, overriding).map(JavaCodeUnit.class::cast);
    }
}
