package io.pottery.sample.newsletter;

/** Somebody has subscribed to the newsletter, who seems not to have been before. */
public record Subscribed(String address) {}
