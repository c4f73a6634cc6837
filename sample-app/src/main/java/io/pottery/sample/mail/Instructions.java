package io.pottery.sample.mail;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a postman is told through its standard input, where no one else can read it: what the application itself was
 * told, so that it finds the same Redis and gets in. Environment variables it inherits.
 *
 * @param number its number
 * @param arguments those of the application
 * @param systemProperties with which the application's JVM was started
 * @param overriding properties that outweigh whatever else is configured
 */
record Instructions(
        long number, List<String> arguments, Map<String, String> systemProperties, Map<String, String> overriding) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SYSTEM_PROPERTY = "-D";

    /** Instructions to do as this JVM does, but silently. */
    static Instructions of(long number, List<String> arguments, Map<String, String> overriding) {
        Map<String, String> properties = new TreeMap<>();
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (option.startsWith(SYSTEM_PROPERTY)) {
                String name = option.substring(SYSTEM_PROPERTY.length()).split("=", 2)[0];
                properties.put(name, System.getProperty(name, ""));
            }
        }
        properties.put("spring.aot.enabled", "false"); // that is made for the application alone
        properties.put("spring.application.name", "postman-" + number);
        properties.put("logging.level.root", "warn");
        return new Instructions(number, arguments, properties, overriding);
    }

    static Instructions parse(String line) {
        return JSON.readValue(line, Instructions.class);
    }

    /** All of it in one line. */
    String line() {
        return JSON.writeValueAsString(this);
    }

    /** Says nothing that may be a password. */
    @Override
    public String toString() {
        return "Instructions for postman " + number;
    }
}
