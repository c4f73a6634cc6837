package io.pottery.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What curl would do; paths are sent as they are given. */
public record HttpCalls(int port) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    public record Reply(int status, String type, String location, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }

        public String detail() {
            return json().path("detail").asString();
        }
    }

    public Reply get(String path) {
        return send("GET", path, "application/json", "");
    }

    public Reply delete(String path) {
        return send("DELETE", path, "application/json", "");
    }

    public Reply put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    public Reply post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    public Reply send(String method, String path, String type, String body) {
        try {
            HttpResponse<String> response = CLIENT.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Content-Type", type)
                            .method(method, BodyPublishers.ofString(body))
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
