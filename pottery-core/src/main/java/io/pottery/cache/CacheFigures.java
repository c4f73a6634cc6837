package io.pottery.cache;

/**
 * What this process has counted for a cache, all its handles together and since it began. Each call that looked an
 * entry up is a hit, a miss or a failure.
 *
 * @param hits calls whose entry was there, near hits included
 * @param nearHits calls that were answered from this process's memory
 * @param misses calls whose entry was not there, or could not be read
 * @param unreadable entries that were there and could not be read; they were replaced
 * @param failures calls that Redis did not answer, and results that it did not take
 */
public record CacheFigures(long hits, long nearHits, long misses, long unreadable, long failures) {}
