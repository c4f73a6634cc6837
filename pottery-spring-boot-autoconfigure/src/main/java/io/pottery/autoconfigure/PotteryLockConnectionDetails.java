package io.pottery.autoconfigure;

import io.pottery.autoconfigure.PotteryProperties.Master;
import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where the masters are that decide about locks, all in one bean, in place of {@code pottery.lock.masters}. What knows
 * where they run declares one: a test with containers, or a binding of a cloud platform.
 *
 * <pre>{@code
 * @Bean
 * PotteryLockConnectionDetails masters(List<RedisContainer> containers) {
 *     return () -> containers.stream()
 *             .map(container -> Master.at(container.getRedisURI()))
 *             .toList();
 * }
 * }</pre>
 */
@FunctionalInterface
public interface PotteryLockConnectionDetails extends ConnectionDetails {

    /** The masters, at least one. */
    List<Master> getMasters();
}
