package io.pottery.sample.mail;

import java.util.UUID;

/** A mail that is to be written. */
record Mail(String id, String to, String subject) {

    static Mail to(String address, String subject) {
        return new Mail(UUID.randomUUID().toString(), address, subject);
    }
}
