package io.pottery.lock;

import io.pottery.PotteryFactory;
import io.pottery.RedisMasters;
import io.pottery.error.LeaseLostException;
import io.pottery.error.QuorumIsImpossibleException;
import io.pottery.testing.ParentJvm;
import io.pottery.testing.Servers;
import io.pottery.testing.TestRedis;
import io.pottery.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

/**
 * A process that contends for a lock, and tells what it holds: the main class of other JVMs. It gets the URIs of the
 * masters, the name of the lock and its lease in milliseconds first.
 */
final class LockWorker {

    private LockWorker() {}

    /** Several threads that count up in a file which nothing but the lock protects, until told to stop. */
    static final class Counting {

        public static void main(String[] arguments) {
            Redlock lock = lock(arguments, false);
            Path file = Path.of(arguments[3]);
            Threads.run(Integer.parseInt(arguments[4]), thread -> {
                while (ParentJvm.lines().isEmpty()) {
                    try (Lease lease = lock.acquire()) {
                        long from = System.nanoTime();
                        increment(file);
                        long to = System.nanoTime();
                        if (lease.isValid()) {
                            print("lease %d %d %d".formatted(lease.fencingToken(), from, to));
                        } else {
                            print("late %d".formatted(lease.fencingToken()));
                        }
                    } catch (QuorumIsImpossibleException | LeaseLostException e) {
                        print("failed " + e.getMessage());
                    }
                }
            });
            print("done");
        }

        private static void increment(Path file) throws IOException {
            long count = Long.parseLong(Files.readString(file));
            Files.writeString(file, Long.toString(count + 1));
        }
    }

    /** Takes the lock, writes a fenced value, and does so again when it is told to. */
    static final class Holding {

        public static void main(String[] arguments) throws InterruptedException {
            Redlock lock = lock(arguments, arguments.length > 6);
            FencedValue<String> value = PotteryFactory.create(TestRedis.connect(
                            new RedisStandaloneConfiguration(arguments[3], Integer.parseInt(arguments[4]))))
                    .fencedValue(arguments[5], String.class);
            Lease lease = lock.acquire();
            lease.onLost(() -> print("lost"));
            value.set(lease.fencingToken(), "before");
            print("holding " + lease.fencingToken());
            ParentJvm.lines().take();
            print("valid " + lease.isValid());
            try {
                value.set(lease.fencingToken(), "after");
                print("accepted");
            } catch (LeaseLostException e) {
                print("refused");
            }
            try {
                lease.close();
                print("closed");
            } catch (LeaseLostException e) {
                print("too late");
            }
            ParentJvm.lines().take();
        }
    }

    private static Redlock lock(String[] arguments, boolean renewed) {
        RedisMasters masters = RedisMasters.of(arguments[0].split(","));
        RedlockOptions options = RedlockOptions.defaults()
                .withAutoReleaseTime(Duration.ofMillis(Long.parseLong(arguments[2])))
                .withMasterTimeout(Duration.ofMillis(500));
        return Servers.factory(masters).redlock(arguments[1], renewed ? options.withRenewal() : options);
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }
}
