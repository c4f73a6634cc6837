package io.pottery.sample.mail;

import io.pottery.autoconfigure.PotteryAutoConfiguration;
import io.pottery.autoconfigure.PotteryJsonAutoConfiguration;
import io.pottery.error.PotteryException;
import io.pottery.sample.SampleProperties;
import io.pottery.sample.mail.Desk.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * Somebody who writes mails: a process of its own, which has nothing in common with the application but its Redis. It
 * ends when its standard input does, and so with the process that has started it, however that ends.
 */
public final class Postman {

    /** The one argument of a JVM that is to be a postman. */
    public static final String ROLE = "postman";

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration MOST_TO_END = Duration.ofSeconds(3);

    /** What it needs of the application; no component, which the application would find. */
    @ImportAutoConfiguration({
        PropertyPlaceholderAutoConfiguration.class,
        ConfigurationPropertiesAutoConfiguration.class,
        SslAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        DataRedisAutoConfiguration.class,
        PotteryJsonAutoConfiguration.class,
        PotteryAutoConfiguration.class
    })
    @EnableConfigurationProperties(SampleProperties.class)
    @Import({Mails.class, PostOffice.class})
    static final class Equipment {}

    private final long number;
    private final Mails mails;
    private final PostOffice office;
    private final Duration mailTime;

    private Postman(long number, ConfigurableApplicationContext context) {
        this.number = number;
        this.mails = context.getBean(Mails.class);
        this.office = context.getBean(PostOffice.class);
        this.mailTime = context.getBean(SampleProperties.class).mailTime();
    }

    /** Writes mails as the first line of standard input says, until that ends. */
    public static void run() throws IOException {
        System.setOut(System.err); // which nobody takes for something else
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        if (line == null) {
            return;
        }
        Instructions instructions = Instructions.parse(line);
        instructions.systemProperties().forEach(System::setProperty);
        try (ConfigurableApplicationContext context = start(instructions)) {
            Postman postman = new Postman(instructions.number(), context);
            interruptAtEnd(input);
            postman.work();
        }
    }

    private static ConfigurableApplicationContext start(Instructions instructions) {
        MapPropertySource overriding = new MapPropertySource("postman", Map.copyOf(instructions.overriding()));
        return new SpringApplicationBuilder(Equipment.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false) // told to end by a signal, it ends at once
                .initializers(
                        context -> context.getEnvironment().getPropertySources().addFirst(overriding))
                .run(instructions.arguments().toArray(String[]::new));
    }

    /**
     * Has this thread be interrupted when {@code input} ends, and the process end soon, even if Redis has ended too.
     */
    private static void interruptAtEnd(BufferedReader input) {
        Thread worker = Thread.currentThread();
        Thread watch = new Thread(
                () -> {
                    try {
                        input.transferTo(Writer.nullWriter());
                        worker.interrupt();
                        worker.join(MOST_TO_END.toMillis());
                    } catch (IOException | InterruptedException e) {
                        LOG.warn("Ends at once: {}", e.getMessage());
                    }
                    Runtime.getRuntime().halt(0);
                },
                "input");
        watch.setDaemon(true);
        watch.start();
    }

    /** Goes on while Redis is away, and ends when this thread is interrupted: its mail is given back then. */
    private void work() {
        boolean works = true;
        try {
            while (!Thread.interrupted()) {
                try {
                    show(Desk.of(process(), State.WAITING));
                    mails.deliver(this);
                    works = true;
                } catch (PotteryException e) {
                    if (works && !Thread.currentThread().isInterrupted()) {
                        LOG.warn(e.getMessage());
                    }
                    works = false;
                    Thread.sleep(PAUSE.toMillis());
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("Has been told to end");
        }
        leave();
    }

    private void leave() {
        try {
            office.leave(number);
        } catch (PotteryException e) {
            LOG.debug("Redis has ended before", e);
        }
    }

    /** Writes {@code mail}, for the {@code delivery}th time. */
    void write(Mail mail, int delivery) throws InterruptedException {
        show(new Desk(Desk.MACHINE, process(), State.WRITING, mail, delivery));
        Thread.sleep(mailTime.toMillis());
        office.sent(number, mail, delivery);
    }

    private void show(Desk desk) {
        office.show(number, desk);
    }

    private static long process() {
        return ProcessHandle.current().pid();
    }
}
