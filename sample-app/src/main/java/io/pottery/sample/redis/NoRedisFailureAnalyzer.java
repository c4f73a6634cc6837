package io.pottery.sample.redis;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do on a machine without a Redis, where a stack trace would not help. */
final class NoRedisFailureAnalyzer extends AbstractFailureAnalyzer<NoRedisException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, NoRedisException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Do what the last sentence says, or name a Redis that runs already:"
                        + " --spring.data.redis.host=localhost --spring.data.redis.port=6379",
                cause);
    }
}
