package io.pottery.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the golden files, and the tagged values in them. */
public final class Golden {

    private Golden() {}

    public static JsonNode file(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/io/pottery/golden/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case called {@code name} of those that a container of Python was written with. */
    public static JsonNode container(String name) {
        for (JsonNode golden : file("containers.json").get("cases")) {
            if (golden.get("name").asText().equals(name)) {
                return golden;
            }
        }
        throw new IllegalArgumentException("No golden case " + name);
    }

    /** The fields and values of a hash that {@code golden} says was in Redis. */
    public static Map<String, String> hash(JsonNode golden) {
        Map<String, String> fields = new LinkedHashMap<>();
        golden.get("redis")
                .path("fields")
                .forEach(field -> fields.put(field.get(0).asText(), field.get(1).asText()));
        return fields;
    }

    /** The elements of the list that the case called {@code name} left in Redis. */
    public static List<String> list(String name) {
        List<String> elements = new ArrayList<>();
        container(name).get("redis").get("elements").forEach(element -> elements.add(element.asText()));
        return elements;
    }

    public static Object value(JsonNode tagged) {
        JsonNode v = tagged.get("v");
        return switch (tagged.get("t").asText()) {
            case "null" -> null;
            case "bool" -> v.asBoolean();
            case "str" -> v == null ? utf16(tagged.get("utf16")) : v.asText();
            case "int" -> integer(new BigInteger(v.asText()));
            case "float" -> bits(tagged.get("bits").asText());
            case "list", "tuple" -> list(v);
            case "dict" -> dict(v);
            default -> throw new IllegalArgumentException(tagged.toString());
        };
    }

    static double bits(String hex) {
        return Double.longBitsToDouble(Long.parseUnsignedLong(hex, 16));
    }

    private static String utf16(JsonNode units) {
        StringBuilder text = new StringBuilder();
        units.forEach(unit -> text.append((char) unit.asInt()));
        return text.toString();
    }

    private static Number integer(BigInteger value) {
        return value.bitLength() < 32
                ? (Number) value.intValue()
                : value.bitLength() < 64 ? (Number) value.longValue() : value;
    }

    private static List<Object> list(JsonNode elements) {
        List<Object> list = new ArrayList<>();
        elements.forEach(element -> list.add(value(element)));
        return list;
    }

    private static Map<Object, Object> dict(JsonNode members) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        members.forEach(member -> dict.put(value(member.get(0)), value(member.get(1))));
        return dict;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
