package io.pottery.internal.redis;

import java.util.Map;

/** One entry of a stream. */
public record StreamEntry(String id, Map<String, String> fields) {}
