package io.pottery.sample.redis;

import io.pottery.autoconfigure.PotteryProperties;
import io.pottery.sample.SampleProperties;
import io.pottery.sample.redis.Watch.Server;
import io.pottery.testredis.RedisServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.data.redis.core.script.RedisScript;

/** Finds out whose commands can be shown, and what scripts are called. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    CommandLog commandLog(
            DataRedisConnectionDetails redis,
            ObjectProvider<LockMasters> masters,
            PotteryProperties pottery,
            SampleProperties sample)
            throws IOException {
        Standalone only = redis.getStandalone();
        boolean single = redis.getSentinel() == null && redis.getCluster() == null && redis.getMasterReplica() == null;
        if (!sample.showCommands()) {
            return CommandLog.silent("Commands are not shown, because sample.show-commands is false.");
        }
        if (only == null || !single) {
            return CommandLog.silent("Commands are shown if there is a single Redis, without sentinels or a cluster.");
        }
        if (pottery.keyPrefix().isEmpty()) {
            return CommandLog.silent(
                    "Commands are shown if pottery.key-prefix tells which keys are this application's.");
        }
        List<Server> servers = new ArrayList<>();
        servers.add(new Server(
                "Redis",
                only.getHost(),
                only.getPort(),
                only.getDatabase(),
                login(redis),
                sockets(redis.getSslBundle())));
        masters.ifAvailable(own -> {
            for (RedisServer server : own.servers()) {
                String name = "master " + (own.servers().indexOf(server) + 1);
                servers.add(new Server(name, server.host(), server.port(), 0, List.of(), SocketFactory.getDefault()));
            }
        });
        return new CommandLog(servers, pottery.keyPrefix(), scripts());
    }

    private static List<String> login(DataRedisConnectionDetails redis) {
        String password = redis.getPassword();
        if (password == null) {
            return List.of();
        }
        String name = redis.getUsername();
        return name == null || name.isEmpty() ? List.of(password) : List.of(name, password);
    }

    private static SocketFactory sockets(@Nullable SslBundle bundle) {
        return bundle == null
                ? SocketFactory.getDefault()
                : bundle.createSslContext().getSocketFactory();
    }

    /**
     * The names of Pottery's scripts, by what Redis calls them; some are sent with one before them that opens the key.
     */
    private static Map<String, String> scripts() throws IOException {
        Map<String, String> texts = new HashMap<>();
        for (Resource script :
                new PathMatchingResourcePatternResolver().getResources("classpath*:io/pottery/**/*.lua")) {
            texts.put(String.valueOf(script.getFilename()), script.getContentAsString(StandardCharsets.UTF_8));
        }
        List<String> openings = new ArrayList<>(List.of(""));
        texts.forEach((name, text) -> {
            if (name.endsWith("_open.lua")) {
                openings.add(text);
            }
        });
        Map<String, String> names = new HashMap<>();
        texts.forEach((name, text) -> openings.forEach(opening -> {
            names.put(RedisScript.of(opening + text).getSha1(), name);
            names.put((opening + text).replace("\n", "\\n"), name); // as MONITOR has it
        }));
        return names;
    }
}
