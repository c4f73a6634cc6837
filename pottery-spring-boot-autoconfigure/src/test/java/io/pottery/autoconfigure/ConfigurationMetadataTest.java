package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pottery.autoconfigure.PotteryProperties.ManagedCache;
import io.pottery.autoconfigure.PotteryProperties.Master;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;

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
            return type.replaceAll("[\\w.$]*[.$]", "");
        }
    }

    @Test
    void everyPropertyHasATypeADescriptionAndItsDefault() throws IOException {
        assertThat(metadata())
                .extracting(Property::name, Property::type, Property::defaultValue)
                .containsExactlyInAnyOrder(
                        tuple("management.endpoint.pottery.access", "Access", "unrestricted"),
                        tuple("management.endpoint.pottery.cache.time-to-live", "Duration", "0ms"),
                        tuple("management.health.pottery.enabled", "Boolean", "true"),
                        tuple("pottery.enabled", "Boolean", "true"),
                        tuple("pottery.key-prefix", "String", ""),
                        tuple("pottery.connection-factory", "String", ""),
                        tuple("pottery.inefficient-access", "InefficientAccess", "ignore"),
                        tuple("pottery.batching.enabled", "Boolean", "true"),
                        tuple("pottery.json.mapper", "Mapper", "auto"),
                        tuple("pottery.lock.masters", "List<Master>", ""),
                        tuple("pottery.lock.advisor-order", "Integer", "2147483547"),
                        tuple("pottery.id.masters", "List<Master>", ""),
                        tuple("pottery.cache.advisor-order", "Integer", "2147483447"),
                        tuple("pottery.cache.manager.enabled", "Boolean", "false"),
                        tuple("pottery.cache.manager.caches", "Map<String,ManagedCache>", ""));
        assertThat(metadata())
                .extracting(Property::description)
                .allSatisfy(description -> assertThat(description)
                        .endsWith(".")
                        .doesNotStartWith("The ")
                        .doesNotStartWith("A "));
    }

    @Test
    void theDocumentationHasTheSameTable() throws IOException {
        assertThat(Stream.concat(documented("pottery.").stream(), documented("management.").stream()))
                .containsExactlyInAnyOrderElementsOf(metadata());
    }

    @ParameterizedTest
    @MethodSource
    void theDocumentationHasTheKeysForWhichThereIsNoMetadata(String prefix, Class<?> type) throws IOException {
        assertThat(documented(prefix))
                .extracting(Property::name, Property::type, Property::defaultValue)
                .containsExactlyElementsOf(keys(prefix, type).toList());
        assertThat(documented(prefix))
                .extracting(Property::description)
                .allSatisfy(description -> assertThat(description).endsWith("."));
    }

    static Stream<Arguments> theDocumentationHasTheKeysForWhichThereIsNoMetadata() {
        return Stream.of(arguments("masters[0].", Master.class), arguments("caches.books.", ManagedCache.class));
    }

    /** Name, type and default of all that can be set of {@code type}, in the order of its components. */
    private static Stream<Tuple> keys(String prefix, Class<?> type) {
        return Stream.of(type.getRecordComponents()).flatMap(component -> {
            String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
            return component.getType().isRecord()
                    ? keys(name + ".", component.getType())
                    : Stream.of(tuple(
                            name,
                            ClassUtils.resolvePrimitiveIfNecessary(component.getType())
                                    .getSimpleName(),
                            defaultValue(type, component.getName())));
        });
    }

    /** Constructors have the annotation, components have not. */
    private static String defaultValue(Class<?> type, String component) {
        return Stream.of(type.getDeclaredConstructors()[0].getParameters())
                .filter(parameter -> parameter.getName().equals(component))
                .map(parameter -> parameter.getAnnotation(DefaultValue.class))
                .filter(Objects::nonNull)
                .map(value -> String.join(",", value.value()))
                .findFirst()
                .orElse("");
    }

    private static List<Property> documented(String prefix) throws IOException {
        return Files.readAllLines(DOCUMENTATION).stream()
                .filter(line -> line.startsWith("| `" + prefix))
                .map(Property::ofRow)
                .toList();
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
