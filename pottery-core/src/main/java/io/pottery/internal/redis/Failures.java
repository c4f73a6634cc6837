package io.pottery.internal.redis;

import static java.util.Map.entry;
import static java.util.stream.Collectors.joining;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisException;
import io.pottery.error.MasterConfigurationException;
import io.pottery.error.PotteryException;
import io.pottery.error.WrongTypeException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.DataType;
import org.springframework.data.redis.connection.PoolException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Says in one sentence what went wrong at a key, and what to do about it. */
final class Failures {

    private static final String NO_HYPERLOGLOG = "WRONGTYPE Key is not a valid HyperLogLog";

    private static final String NOT_PERMITTED = "NOPERM ";

    private static final String DAMAGED_HYPERLOGLOG = "INVALIDOBJ ";

    /** What servers say that are not in a state to serve, for now. */
    private static final List<String> PASSING = List.of(
            "LOADING ",
            "BUSY ",
            "READONLY ",
            "MASTERDOWN ",
            "CLUSTERDOWN ",
            "TRYAGAIN ",
            "UNBLOCKED ",
            "NOGROUP ",
            "NOREPLICAS ",
            "MISCONF ");

    /** What Lettuce says when a connection is closed before it has introduced itself. */
    private static final Set<String> CLOSED_IN_GREETING =
            Set.of("Connection closed prematurely", "RedisHandshakeHandler not registered");

    private static final String TOO_OLD =
            "this server lacks a command: Pottery needs Redis 6.2 or newer, or any Valkey";

    /** What the first words of a server's error reply mean for the caller. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            entry("NOAUTH ", "Redis wants a password: set spring.data.redis.password"),
            entry(
                    "WRONGPASS ",
                    "Redis refused the user name or password: check spring.data.redis.username and .password"),
            entry("READONLY ", "this Redis is a read-only replica: connect to its master"),
            entry("OOM ", "Redis is out of memory: raise its maxmemory, or delete what is not needed"),
            entry("LOADING ", "Redis is still loading its data: try again in a moment"),
            entry("BUSY ", "Redis is busy running a script: try again, or look for a script that does not end"),
            entry("MISCONF ", "Redis cannot save to disk and refuses writes: look into its log"),
            entry(
                    "NOREPLICAS ",
                    "Redis has fewer replicas than its min-replicas-to-write, and refuses writes: try again in a moment, or look after the replicas"),
            entry("MASTERDOWN ", "this replica has lost its master: try again, or connect to another server"),
            entry("CLUSTERDOWN ", "the Redis Cluster is down: some of its slots have no master"),
            entry("CROSSSLOT ", "the keys lie in different slots of the cluster: give them one {hash tag}"),
            entry("MOVED ", "this Redis is a node of a cluster: set spring.data.redis.cluster.nodes instead of a host"),
            entry(
                    "BADFENCE ",
                    "the fence is not a number, so others have written there: delete it (the key '{...}:fence' of a lock)"),
            entry("ERR unknown command", TOO_OLD),
            entry("ERR Unknown Redis command", TOO_OLD),
            entry("ERR Unknown command", TOO_OLD), // Valkey, in a script
            entry("Unknown Redis command", TOO_OLD));

    /** What a server says, or a script on it, if the user may not do what it is asked to do; without where that was. */
    private static final Pattern REFUSED = Pattern.compile(
            "(?:NOPERM |ERR ACL failure in script: |(?:ERR )?(?=The user executing the script can't ))(.+?)( script: .*)?");

    private static final String MAY_NOT =
            "the Redis user may not do this (%s): grant it what docs/acl of Pottery lists; ACL LOG tells what was refused";

    /**
     * What a server up to 6.2 puts before the error reply of a command that a script ran, or has caught and returned.
     */
    private static final Pattern FROM_SCRIPT =
            Pattern.compile("^(ERR Error running script .*?)?@user_script: ?\\d+: (@user_script: ?\\d+: )?-?");

    /** What a server says, and what scripts of ours say, who add the type. */
    private static final Pattern WRONG_TYPE = Pattern.compile("WRONGTYPE (?:(\\w+)$)?");

    private Failures() {}

    static boolean isUnknownScript(Throwable failure) {
        return errorReply(failure).startsWith("NOSCRIPT ");
    }

    /** Whether the server could not compute with what is stored. */
    static boolean isIncalculable(DataAccessException failure) {
        String reply = errorReply(failure);
        return reply.contains("is not an integer") || reply.contains("would overflow");
    }

    /**
     * Whether a command failed because the server did not answer, and not because the caller's thread was interrupted.
     */
    static boolean isUnreachable(Throwable failure) {
        return causes(failure)
                        .anyMatch(cause -> cause instanceof QueryTimeoutException
                                || cause instanceof RedisConnectionFailureException
                                || cause instanceof PoolException
                                || cause instanceof IOException
                                || cause.getClass() == RedisException.class) // of Lettuce, when it is not connected
                && causes(failure)
                        .noneMatch(cause -> cause instanceof InterruptedException
                                || cause instanceof RedisCommandInterruptedException);
    }

    /** Whether a connection was closed before Lettuce had introduced itself, so that nobody knows why. */
    static boolean isClosedInGreeting(Throwable failure) {
        String reason = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
        return CLOSED_IN_GREETING.contains(String.valueOf(reason));
    }

    /** Whether the server has answered, with an error. */
    static boolean isReply(Throwable failure) {
        return !errorReply(failure).isEmpty();
    }

    /** Whether the server has answered that it will not do this; no server, nor a proxy, says so of what was done. */
    static boolean isRefusal(Throwable failure) {
        String reply = errorReply(failure);
        return reply.startsWith("WRONGTYPE ")
                || meaning(reply).isPresent()
                || PASSING.stream().anyMatch(reply::startsWith);
    }

    /** Whether the server has answered that the user may not do this. */
    static boolean isNotPermitted(Throwable failure) {
        return errorReply(failure).startsWith(NOT_PERMITTED);
    }

    /** Whether what failed may succeed when it is tried again: the server is away, or not in a state to serve. */
    static boolean isPassing(Throwable failure) {
        String reply = errorReply(failure);
        return reply.isEmpty()
                ? (failure instanceof MasterException || isUnreachable(failure)) && !isForGood(failure)
                : PASSING.stream().anyMatch(reply::startsWith);
    }

    /**
     * Whether the application is shutting down, or something is broken. That is not so if the client is in no state to
     * connect: it says so, too, when the server ends a connection before the client has introduced itself.
     */
    private static boolean isForGood(Throwable failure) {
        boolean connecting = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            connecting |= cause instanceof RedisConnectionException;
            if ((cause instanceof IllegalStateException && !(cause instanceof CancellationException) && !connecting)
                    || cause instanceof RejectedExecutionException
                    || cause instanceof Error
                    || cause instanceof MasterConfigurationException) {
                return true;
            }
        }
        return false;
    }

    /** Explains why what a master was asked to do for {@code key} failed, and for {@code others} if it took more. */
    static PotteryException translate(Throwable failure, RedisKey key, List<RedisKey> others) {
        String reply = errorReply(failure);
        if (reply.isEmpty() && failure instanceof MasterException unanswered) {
            return failure(
                    key,
                    unanswered.getMessage()
                            + (unanswered.sent() ? ", so this may or may not have been done" : ", so nothing was sent"),
                    failure);
        }
        return failure instanceof RuntimeException thrown
                ? translate(thrown, key, others)
                : failure(key, failure.toString(), failure);
    }

    /** Explains why a command failed that was sent for {@code key}, and for {@code others} if it took more. */
    static PotteryException translate(RuntimeException failure, RedisKey key, List<RedisKey> others) {
        String reply = errorReply(failure);
        if (reply.startsWith(NO_HYPERLOGLOG) || reply.startsWith(DAMAGED_HYPERLOGLOG)) {
            String keys = Stream.concat(Stream.of(key), others.stream())
                    .distinct()
                    .map(RedisKey::toString)
                    .collect(joining(" or "));
            return new WrongTypeException(
                    "Expected a HyperLogLog at %s, found a string that is none, or a damaged one: use another name, or clear() it"
                            .formatted(keys),
                    failure);
        }
        if (reply.startsWith("WRONGTYPE ")) {
            RedisKey wrong = others.stream()
                    .filter(Failures::holdsAnotherType)
                    .findFirst()
                    .orElse(key);
            return new WrongTypeException(
                    "Expected a %s at %s, found a %s: use another name, or the container that fits"
                            .formatted(wrong.type().code(), wrong, typeFound(wrong)),
                    failure);
        }
        return meaning(reply)
                .map(meaning -> failure(key, meaning, quotesArguments(reply) ? null : failure))
                .orElseGet(() -> failure(key, reason(failure), failure));
    }

    /** Explains why a master that is configured under {@code properties} did not do what it was asked. */
    static String reason(@Nullable Throwable failure, String properties) {
        if (failure == null) {
            return "no answer";
        }
        String reply = errorReply(failure);
        if (reply.startsWith("MOVED ") && !properties.startsWith("spring.")) {
            return "it is a node of a cluster: a master must be a single server";
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof ClosedChannelException || root instanceof CancellationException) {
            return "the connection was closed";
        }
        return meaning(reply)
                .map(meaning -> meaning.replace("spring.data.redis", properties))
                .orElse(root.getMessage() == null ? root.toString() : root.getMessage());
    }

    /** The type that was found where another was looked for; empty if it failed for another reason. */
    static Optional<String> wrongType(Throwable failure) {
        Matcher type = WRONG_TYPE.matcher(errorReply(failure));
        if (!type.lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(type.group(1) == null ? "value of another type" : type.group(1));
    }

    private static Optional<String> meaning(String reply) {
        Matcher refused = REFUSED.matcher(reply);
        if (refused.matches()) {
            return Optional.of(MAY_NOT.formatted(refused.group(1)));
        }
        return MEANINGS.entrySet().stream()
                .filter(meaning -> reply.startsWith(meaning.getKey()))
                .findFirst()
                .map(Map.Entry::getValue);
    }

    private static PotteryException failure(RedisKey key, String reason, @Nullable Throwable cause) {
        return new PotteryException("Redis%s failed for %s: %s".formatted(address(key), key, reason), cause);
    }

    /** Whether the server repeats what it was sent, which may be what the application stores. */
    private static boolean quotesArguments(String reply) {
        return reply.startsWith("ERR unknown command");
    }

    private static String reason(RuntimeException failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (failure instanceof QueryTimeoutException) {
            return "no answer in time, so the command may or may not have run (%s); is Redis running and reachable?"
                            .formatted(root.getMessage())
                    + " How long to wait is set by spring.data.redis.timeout";
        }
        if (root instanceof InterruptedException) {
            Thread.currentThread().interrupt(); // whoever threw it has cleared it
        }
        if (isFromPool(failure)) {
            return "the pool gave no connection, so nothing was sent (%s)".formatted(root);
        }
        if (root instanceof RedisCommandInterruptedException || root instanceof InterruptedException) {
            return "the thread was interrupted while it waited, so the command may or may not have run";
        }
        if (failure instanceof RedisConnectionFailureException) {
            return "it cannot be reached (%s); is it running, and is spring.data.redis.* right?"
                    .formatted(root.getMessage());
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }

    private static boolean isFromPool(Throwable failure) {
        return causes(failure).anyMatch(PoolException.class::isInstance);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** What the server replied, if it did; empty if the failure is the client's own. */
    private static String errorReply(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null && isErrorReply(cause)) {
                return FROM_SCRIPT.matcher(message).replaceFirst("");
            }
        }
        return "";
    }

    private static boolean isErrorReply(Throwable cause) {
        return cause instanceof RedisCommandExecutionException
                || Stream.<Class<?>>iterate(cause.getClass(), Objects::nonNull, Class::getSuperclass)
                        .anyMatch(type -> type.getName().equals("redis.clients.jedis.exceptions.JedisDataException"));
    }

    private static boolean holdsAnotherType(RedisKey key) {
        String found = typeFound(key);
        return !found.equals(key.type().code()) && !found.equals(DataType.NONE.code());
    }

    private static String typeFound(RedisKey key) {
        try {
            return key.typeFound().code();
        } catch (RuntimeException unknown) {
            return "value of another type";
        }
    }

    private static String address(RedisKey key) {
        RedisConnectionFactory connections = key.redis().getConnectionFactory();
        return connections instanceof LettuceConnectionFactory lettuce ? " at " + address(lettuce) : "";
    }

    static @Nullable String address(LettuceConnectionFactory lettuce) {
        if (lettuce.getClusterConfiguration() != null) {
            return lettuce.getClusterConfiguration().getClusterNodes().toString();
        }
        if (lettuce.getSentinelConfiguration() != null) {
            return "master of " + lettuce.getSentinelConfiguration().getSentinels();
        }
        if (lettuce.getSocketConfiguration() != null) {
            return lettuce.getSocketConfiguration().getSocket();
        }
        return lettuce.getHostName() + ":" + lettuce.getPort();
    }
}
