package io.pottery.queue;

/** An element that was handed out to a consumer of this process. Two are the same only if they are one object. */
final class Handed {

    final String consumer;
    final String id;
    final int deliveries;
    final String item;

    Handed(String consumer, String id, int deliveries, String item) {
        this.consumer = consumer;
        this.id = id;
        this.deliveries = deliveries;
        this.item = item;
    }
}
