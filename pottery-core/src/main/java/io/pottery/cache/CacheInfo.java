package io.pottery.cache;

/**
 * How a cache does. Each call that looked an entry up is a hit, a miss or a failure.
 *
 * @param hits calls of this process whose entry was there, near hits included
 * @param nearHits calls of this process that were answered from its memory
 * @param misses calls of this process whose entry was not there, or could not be read
 * @param unreadable entries that were there and could not be read; they were replaced
 * @param failures calls of this process that Redis did not answer, and results that it did not take
 * @param size how many entries there are, whoever has put them
 */
public record CacheInfo(long hits, long nearHits, long misses, long unreadable, long failures, long size) {}
