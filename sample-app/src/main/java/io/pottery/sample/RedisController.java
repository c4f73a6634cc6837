package io.pottery.sample;

import io.pottery.PotteryFactory;
import io.pottery.collection.RedisDict;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets people look behind the phone book: at the Redis it is in, and the bytes that are stored there. */
@RestController
class RedisController {

    /**
     * What HGETALL answers, and where.
     *
     * @param redis which Redis this is, and how it was found
     * @param stored the fields and values of the hash as they are stored, quotes included
     */
    record Contents(String address, String redis, String key, Map<String, String> stored) {}

    private final RedisInUse redis;
    private final RedisDict<String, String> phoneBook;

    RedisController(RedisInUse redis, PotteryFactory pottery) {
        this.redis = redis;
        this.phoneBook = pottery.dict("phonebook", String.class, String.class);
    }

    @GetMapping("/redis")
    Contents contents() {
        Map<String, String> stored = new TreeMap<>();
        phoneBook
                .redis()
                .<byte[], byte[]>opsForHash()
                .entries(phoneBook.key())
                .forEach((field, value) -> stored.put(text(field), text(value)));
        return new Contents(redis.address(), redis.sentence(), phoneBook.key(), stored);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
