package io.pottery.id;

import io.pottery.RedisMasters;
import io.pottery.error.QuorumNotAchievedException;
import io.pottery.id.History.Had;
import io.pottery.testing.ParentJvm;
import io.pottery.testing.Servers;
import io.pottery.testing.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that takes ids of a sequence: the main class of other JVMs. It gets the URIs of the masters, the name of
 * the sequence, the size of a block, the number of threads, that of ids and the file in which it writes what it had.
 */
final class IdWorker {

    private static final int AT_ONCE = 500;

    private IdWorker() {}

    public static void main(String[] arguments) throws InterruptedException {
        NextIdOptions options = NextIdOptions.defaults()
                .withBlock(Integer.parseInt(arguments[2]))
                .withMasterTimeout(Duration.ofSeconds(2));
        NextId ids = Servers.factory(RedisMasters.of(arguments[0].split(","))).nextId(arguments[1], options);
        int threads = Integer.parseInt(arguments[3]);
        int each = Integer.parseInt(arguments[4]) / threads;
        Path file = Path.of(arguments[5]);
        ids.nextLong(); // connects
        System.out.println("ready");
        ParentJvm.lines().take();
        Threads.run(threads, thread -> {
            List<Had> had = new ArrayList<>();
            int failed = 0;
            for (int i = 0; i < each; ) {
                try {
                    had.add(Had.from(ids::nextLong));
                    i++;
                    if (i % AT_ONCE == 0) {
                        write(file, had);
                        had.clear();
                    }
                } catch (QuorumNotAchievedException e) {
                    if (failed++ == 0) {
                        System.err.println(e.getMessage());
                    }
                }
            }
            write(file, had);
            print("failed " + failed);
        });
        print("done");
        ParentJvm.lines().take();
    }

    private static synchronized void write(Path file, List<Had> had) {
        try {
            Files.write(
                    file,
                    had.stream().map(Had::toString).toList(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }
}
