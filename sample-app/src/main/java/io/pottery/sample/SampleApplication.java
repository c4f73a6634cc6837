package io.pottery.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A phone book on http://localhost:8080. */
@SpringBootApplication
public class SampleApplication {

    /** Starts the application; {@code args} may set properties, such as {@code --server.port=8081}. */
    public static void main(String[] args) {
        SpringApplication.run(SampleApplication.class, args);
    }
}
