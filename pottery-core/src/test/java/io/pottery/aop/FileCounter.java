package io.pottery.aop;

import io.pottery.PotteryFactory;
import io.pottery.lock.Synchronized;
import io.pottery.testing.ParentJvm;
import io.pottery.testing.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A process whose threads count in a file, which loses a count wherever two do so at the same time. */
class FileCounter {

    @Synchronized(key = "#{#lock}", autoReleaseTime = "60s")
    public void increment(String lock, Path file) throws IOException {
        int count = Integer.parseInt(Files.readString(file));
        Files.writeString(file, Integer.toString(count + 1));
    }

    /** A Redis that is somebody else's. */
    @Configuration(proxyBeanMethods = false)
    @EnablePottery
    static class Application {

        @Bean
        LettuceConnectionFactory connections() {
            return new LettuceConnectionFactory("127.0.0.1", Integer.getInteger("redis.port"));
        }

        @Bean
        PotteryFactory pottery(LettuceConnectionFactory connections) {
            return PotteryFactory.create(connections);
        }
    }

    /** Runs with a port, a name, a file, and how many threads count how often. */
    static void main(String[] arguments) throws Exception {
        System.setProperty("redis.port", arguments[0]);
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(Application.class, FileCounter.class)) {
            FileCounter counter = context.getBean(FileCounter.class);
            System.out.println("ready");
            ParentJvm.lines().take();
            Threads.run(Integer.parseInt(arguments[3]), thread -> {
                for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                    counter.increment(arguments[1], Path.of(arguments[2]));
                }
            });
            System.out.println("done");
        }
    }
}
