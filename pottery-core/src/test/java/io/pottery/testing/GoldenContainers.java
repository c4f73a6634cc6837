package io.pottery.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What Python Pottery wrote into Redis, and what Python's own types answered. */
public final class GoldenContainers {

    private static final JsonNode GOLDEN = read();

    private GoldenContainers() {}

    /** The elements of the list that the case called {@code name} left in Redis. */
    public static List<String> list(String name) {
        for (JsonNode golden : GOLDEN.get("cases")) {
            if (golden.get("name").asText().equals(name)) {
                List<String> elements = new ArrayList<>();
                golden.get("redis").get("elements").forEach(element -> elements.add(element.asText()));
                return elements;
            }
        }
        throw new AssertionError("No golden case " + name);
    }

    /** Slices of Python's list of 0 to 6, each as {@code slice} and {@code python_list}. */
    public static JsonNode slices() {
        return GOLDEN.get("slices_of_range7");
    }

    private static JsonNode read() {
        try (InputStream file = GoldenContainers.class.getResourceAsStream("/io/pottery/golden/containers.json")) {
            return new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
