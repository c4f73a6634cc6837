package io.pottery.sample.search;

/**
 * What is known about something.
 *
 * @param id such as {@code country:FR}, {@code currency:EUR} or {@code zone:Europe/Paris}
 */
record Doc(String id, String kind, String name, String details) {}
