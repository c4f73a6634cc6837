package io.pottery.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.sample.HttpCalls.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PageTest {

    private static final Path SOURCES = Path.of("src/main/java/io/pottery/sample");

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/phonebook.js, text/javascript",
        "/style.css, text/css",
        "/icon.svg, image/svg+xml",
        "/phonebook-example.csv, text/csv"
    })
    void everyPartOfThePageIsThere(String path, String type, @LocalServerPort int port) {
        Reply reply = new HttpCalls(port).get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).startsWith(type);
        assertThat(reply.text().replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http://", "https://", "//cdn");
    }

    @Test
    void theRedisBehindItIsTheApplicationsOwnIfNoneIsConfigured(@LocalServerPort int port) {
        Reply reply = new HttpCalls(port).get("/redis");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("redis").asString())
                .startsWith("the application's own, ")
                .contains(reply.json().path("address").asString());
        assertThat(reply.json().path("stored").isEmpty()).isTrue();
    }

    @Test
    void theJavaOnThePageIsThatOfThePhoneBook(@LocalServerPort int port) throws IOException {
        String html = new HttpCalls(port).get("/").text();
        String shown =
                HtmlUtils.htmlUnescape(html.substring(html.indexOf("<code>//") + 6, html.indexOf("</code></pre>")));
        List<String> lines = shown.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        List<String> sources = new ArrayList<>(Files.readAllLines(SOURCES.resolve("PhoneBookController.java")));
        sources.addAll(Files.readAllLines(SOURCES.resolve("PhoneBookImport.java")));
        sources.addAll(Files.readAllLines(SOURCES.resolve("PhoneBookReport.java")));
        assertThat(sources.stream().map(String::strip)).containsAll(lines);
    }
}
