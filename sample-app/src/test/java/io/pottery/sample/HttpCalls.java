package io.pottery.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What curl would do; paths are sent as they are given. */
record HttpCalls(int port) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    record Reply(int status, String type, String location, String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        String detail() {
            return json().path("detail").asString();
        }
    }

    Reply get(String path) {
        return send("GET", path, "application/json", "");
    }

    Reply delete(String path) {
        return send("DELETE", path, "application/json", "");
    }

    Reply put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    /** Sends a file to be imported. */
    Reply importFile(byte[] file) {
        return send("POST", "/phonebook/import", "text/csv", BodyPublishers.ofByteArray(file));
    }

    Reply send(String method, String path, String type, String body) {
        return send(method, path, type, BodyPublishers.ofString(body));
    }

    private Reply send(String method, String path, String type, BodyPublisher body) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", type)
                            .method(method, body)
                            .build(),
                    BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.headers().firstValue("Location").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("%s %s failed".formatted(method, path), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted at %s %s".formatted(method, path), e);
        }
    }
}
