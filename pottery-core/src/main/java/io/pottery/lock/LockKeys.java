package io.pottery.lock;

import io.pottery.internal.redis.Keyspace;

/**
 * The keys of one lock, which all lie in one slot of a cluster.
 *
 * @param lock holds the token of the lease, as Python Pottery writes it; also the channel on which releases are told
 * @param fence counts leases
 * @param mark exists while somebody waits
 */
record LockKeys(String lock, String fence, String mark) {

    private static final String PREFIX = "redlock:";

    static LockKeys of(String name) {
        String lock = PREFIX + name;
        return new LockKeys(lock, Keyspace.beside(lock, "fence"), Keyspace.beside(lock, "waiting"));
    }
}
