package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an editor shows while somebody writes application.properties, and what docs/configuration.md says. */
class ConfigurationMetadataTest {

    private static final Path DOCUMENTATION = Path.of("..", "docs", "configuration.md");

    /** A property as both show it; a default of "" is none. */
    private record Property(String name, String type, String defaultValue, String description) {

        static Property ofMetadata(JsonNode node) {
            return new Property(
                    node.path("name").asText(),
                    simple(node.path("type").asText()),
                    node.path("defaultValue").asText(),
                    node.path("description").asText());
        }

        static Property ofRow(String row) {
            List<String> cells = Stream.of(row.split("\\|"))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
            return new Property(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }

        private static String simple(String type) {
            return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
        }
    }

    @Test
    void everyPropertyHasATypeADescriptionAndItsDefault() throws IOException {
        assertThat(metadata())
                .extracting(Property::name, Property::type, Property::defaultValue)
                .containsExactlyInAnyOrder(
                        tuple("pottery.enabled", "Boolean", "true"),
                        tuple("pottery.key-prefix", "String", ""),
                        tuple("pottery.connection-factory", "String", ""),
                        tuple("pottery.inefficient-access", "InefficientAccess", "ignore"));
        assertThat(metadata())
                .extracting(Property::description)
                .allSatisfy(description -> assertThat(description)
                        .endsWith(".")
                        .doesNotStartWith("The ")
                        .doesNotStartWith("A "));
    }

    @Test
    void theDocumentationHasTheSameTable() throws IOException {
        List<Property> documented = Files.readAllLines(DOCUMENTATION).stream()
                .filter(line -> line.startsWith("| `pottery."))
                .map(Property::ofRow)
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(metadata());
    }

    private static List<Property> metadata() throws IOException {
        try (InputStream json =
                PotteryProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode properties = new ObjectMapper().readTree(json).path("properties");
            return Stream.iterate(0, i -> i < properties.size(), i -> i + 1)
                    .map(properties::get)
                    .map(Property::ofMetadata)
                    .toList();
        }
    }
}
