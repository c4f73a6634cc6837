package io.pottery.sample;

import io.pottery.sample.mail.Postman;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** A box office on http://localhost:8080. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class SampleApplication {

    /**
     * Starts the application; {@code args} may set properties, such as {@code --server.port=8081}. It starts itself
     * again, with another role, for those who write mails.
     */
    public static void main(String[] args) throws IOException {
        if (Arrays.equals(args, new String[] {Postman.ROLE})) {
            Postman.run();
        } else {
            SpringApplication.run(SampleApplication.class, args);
        }
    }
}
