package io.pottery.lock;

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
        return new LockKeys(lock, beside(lock, "fence"), beside(lock, "waiting"));
    }

    /**
     * A key in the same slot, if there can be one: the whole of {@code lock} is its hash tag unless it has one. It
     * never begins as locks do, so it is no other lock's.
     */
    private static String beside(String lock, String what) {
        int open = lock.indexOf('{');
        boolean tagged = open >= 0 && lock.indexOf('}', open) > open + 1;
        return tagged ? what + ":" + lock : "{" + lock + "}:" + what;
    }
}
