package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.pottery.autoconfigure.PotteryProperties.Master;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.env.MockEnvironment;

class PotteryPropertiesTest {

    @Test
    void passwordsOfMastersAreNotShown() {
        Master master = bind(Map.of("host", "a", "username", "jack", "password", "secret", "ssl.bundle", "redis"));
        assertThat(master)
                .hasToString("Master[url=null, host=a, port=6379, database=0, username=jack, password=***,"
                        + " timeout=PT1S, ssl=Ssl[enabled=null, bundle=redis]]");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://a:6379/1?timeout=2s, redis://a:6379/1?timeout=2s",
        "redis://jack:secret@a, redis://***@a",
        "redis://:%40secret@a:6379/1, redis://***@a:6379/1",
        "redis://jack:secret, ***",
        "redis://:se#secret@a, ***",
        "redis://:secret word@a, ***",
        "redis:secret@a, ***",
        "secret, ***"
    })
    void userInformationOfUrlsIsNotShown(String url, String shown) {
        assertThat(bind(Map.of("url", url)))
                .asString()
                .startsWith("Master[url=%s, host=null,".formatted(shown))
                .doesNotContain("secret", "jack");
    }

    @Test
    void passwordsAreNotShownByThePropertiesAsAWhole() {
        PotteryProperties properties = Binder.get(new MockEnvironment()
                        .withProperty("pottery.lock.masters[0].url", "redis://jack:secret@a")
                        .withProperty("pottery.lock.masters[1].password", "secret")
                        .withProperty("pottery.id.masters[0].url", "redis://jack:secret@b"))
                .bindOrCreate("pottery", PotteryProperties.class);
        assertThat(properties.lock().masters()).hasSize(2);
        assertThat(properties.id().masters()).hasSize(1);
        assertThat(properties)
                .asString()
                .contains("redis://***@a", "redis://***@b")
                .doesNotContain("secret", "jack");
    }

    private static Master bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", Bindable.of(Master.class))
                .get();
    }
}
