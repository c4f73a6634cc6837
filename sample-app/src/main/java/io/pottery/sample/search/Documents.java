package io.pottery.sample.search;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Documents in order.
 *
 * @param missing the ids of those that Redis did not have
 * @param took how long it took to get them
 */
record Documents(List<Doc> documents, Set<String> missing, Duration took) {}
