package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageTest {

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/app.js, text/javascript",
        "/panels/hall.js, text/javascript",
        "/style.css, text/css",
        "/icon.svg, image/svg+xml"
    })
    void everyPartOfThePageIsThere(String path, String type, @LocalServerPort int port) {
        Reply reply = new HttpCalls(port).get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith(type);
        assertThat(reply.text().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "//cdn");
    }

    @Test
    void theJavaBesideEachPanelIsWhatRuns(@LocalServerPort int port) {
        HttpCalls http = new HttpCalls(port);
        List<String> sources = Pattern.compile("data-source=\"([^\"]*)\"")
                .matcher(http.get("/").text())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        assertThat(sources).hasSize(11).allSatisfy(source -> {
            Reply java = http.get("/source/%s.java".formatted(source));
            assertThat(java.status()).isEqualTo(200);
            assertThat(java.text())
                    .contains("\n@")
                    .contains("class " + source.substring(source.indexOf('/') + 1) + " {");
        });
    }

    @Test
    void bodiesHaveBounds(@LocalServerPort int port) {
        HttpCalls http = new HttpCalls(port);
        Reply large = http.post("/hall/rush", " ".repeat(64 * 1024) + "{}");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.detail()).isEqualTo("The body must not be larger than 64 KiB.");
        assertThat(large.type()).isEqualTo("application/problem+json");
    }

    @Test
    void otherNamesForThisMachineAreRefused(@LocalServerPort int port) throws IOException {
        assertThat(firstLine(port, "Host: box-office.example")).isEqualTo("HTTP/1.1 421 ");
        assertThat(firstLine(port, "Host: localhost:" + port)).isEqualTo("HTTP/1.1 200 ");
        assertThat(firstLine(port, "Host: localhost\r\nTransfer-Encoding: chunked"))
                .isEqualTo("HTTP/1.1 411 ");
    }

    private static String firstLine(int port, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(("GET /hall HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void whatIsNotThereIsAProblemWithASentence(@LocalServerPort int port) {
        HttpCalls http = new HttpCalls(port);
        assertThat(http.get("/nowhere").detail()).isEqualTo("There is nothing at '/nowhere'.");
        assertThat(http.delete("/").type()).isEqualTo("application/problem+json");
        assertThat(http.get("/error").status()).isEqualTo(404);
    }

    @Test
    void operatorsFindWhatThePageLinks(@LocalServerPort int port) {
        HttpCalls http = new HttpCalls(port);
        assertThat(http.get("/").text()).contains("href=\"actuator/pottery\"");
        Reply pottery = http.get("/actuator/pottery");
        assertThat(pottery.status()).isEqualTo(200);
        assertThat(pottery.json().path("masters").path("masters").size()).isEqualTo(5);
        assertThat(http.get("/actuator/health").json().path("status").asString())
                .isEqualTo("UP");
        assertThat(http.get("/actuator/metrics").status()).isEqualTo(200);
    }
}
