"""Measures Pottery for Python on Redis servers whose URLs are the arguments after the number of rounds.

Prints one JSON object a line for each round and operation. A figure counts operations in a second, but that of a title
that ends in ", p50" is a median in milliseconds. What takes one server uses the first.
"""

import json
import os
import random
import statistics
import sys
import time
import uuid
import warnings

import pottery
import redis

WARM_UP_SECONDS = 0.1
MEASURED_SECONDS = 0.2

# As many as the Java benchmarks have.
ENTRIES = 1_000
BLOOM_ELEMENTS = 100_000
BLOOM_FALSE_POSITIVES = 0.01

KEYS = [f"key {number}" for number in range(10_000)]
VALUE = "order 4711 of customer 42: three pens, a rubber and a notebook"


class Numbers:
    """Numbers that have not been had before."""

    def __init__(self):
        self.last = 0

    def next(self):
        self.last += 1
        return self.last


def dicts(one):
    entries = {key: f"the value of {key}" for key in KEYS}
    filled = pottery.RedisDict(entries, redis=one, key=name("dict"))

    def put():
        key = any_key()
        filled[key] = f"the value of {key}"

    yield "dict", "get, 1 thread", lambda: filled[any_key()]
    yield "dict", "set, 1 thread", put
    yield "dict", "putAll 10,000", lambda: filled.update(entries)


def sets(one):
    filled = pottery.RedisSet(KEYS, redis=one, key=name("set"))

    def contains_many():
        first = random.randrange(len(KEYS) - 1_000)
        return list(filled.contains_many(*KEYS[first : first + 1_000]))

    yield "set", "add, 1 thread", lambda: filled.add(any_key())
    yield "set", "contains, 1 thread", lambda: any_key() in filled
    yield "set", "containsMany, 1,000 elements", contains_many
    yield "set", "addAll 10,000", lambda: filled.update(KEYS)


def lists(one):
    growing = pottery.RedisList(redis=one, key=name("list"))
    filled = pottery.RedisList(KEYS, redis=one, key=name("list"))
    yield "list", "add, 1 thread", lambda: growing.append(any_key())
    yield "list", "get by index, 1 thread", lambda: filled[random.randrange(len(KEYS))]
    yield "list", "addAll 10,000", lambda: growing.extend(KEYS)


def deques(one):
    elements = pottery.RedisDeque(redis=one, key=name("deque"))
    latest = pottery.RedisDeque(redis=one, key=name("deque"), maxlen=100)

    def to_and_fro():
        elements.append(any_key())
        return elements.popleft()

    yield "deque", "addLast, then pollFirst, 1 thread", to_and_fro
    yield "deque", "addLast, of which the latest 100 are kept", lambda: latest.append(any_key())


def counters(one):
    counter = pottery.RedisCounter(redis=one, key=name("counter"))
    # Not counter[key] += 1, in which increments of others get lost.
    yield "counter", "increment, 1 thread", lambda: counter.update([any_key()])


def locks(one):
    lock = pottery.Redlock(key=name("lock"), masters={one}, auto_release_time=10)

    def acquire_and_release():
        if not lock.acquire():
            raise RuntimeError("Nobody else has this lock")
        lock.release()

    yield "lock", "acquire and release, 1 thread", acquire_and_release


def ids(masters):
    numbers = pottery.NextID(key=name("ids"), masters=masters)
    yield "id", "an id, 1 caller", lambda: next(numbers)


def queues(one):
    if not hasattr(pottery, "RedisSimpleQueue"):
        return  # later versions have none
    filled = pottery.RedisSimpleQueue(redis=one, key=name("queue"))
    empty = pottery.RedisSimpleQueue(redis=one, key=name("queue"))

    def put_and_get():
        empty.put(VALUE)
        empty.get()

    # What is taken is gone: nothing confirms that it has arrived.
    yield "queue", "put, 1 thread", lambda: filled.put(VALUE)
    yield "queue", "put, then take", put_and_get


def caches(one):
    numbers = Numbers()

    def cached(timeout):
        @pottery.redis_cache(redis=one, key=name("cache"), timeout=timeout)
        def result(number):
            return f"result of {number}"

        for number in range(ENTRIES):
            result(number)
        return lambda: result(numbers.next() % ENTRIES)

    yield "cache", "hit, 1 thread", cached(None)
    yield "cache", "hit that puts off the end", cached(60)


def sketches(one):
    bloom = pottery.BloomFilter(
        num_elements=BLOOM_ELEMENTS, false_positives=BLOOM_FALSE_POSITIVES, redis=one, key=name("bloom")
    )
    # A full filter has one bit of two.
    one.set(bloom.key, os.urandom(bloom.size() // 8))
    bloom.update(str(number) for number in range(ENTRIES))
    hyper = pottery.HyperLogLog(redis=one, key=name("hyper"))
    numbers = Numbers()
    yield "sketch", "Bloom: contains, absent", lambda: f"other {numbers.next()}" in bloom
    yield "sketch", "Bloom: contains, present", lambda: str(numbers.next() % ENTRIES) in bloom
    yield "sketch", "Bloom: add", lambda: bloom.add(f"new {numbers.next()}")
    yield "sketch", "HyperLogLog: add", lambda: hyper.add(f"new {numbers.next()}")


def any_key():
    return random.choice(KEYS)


def name(what):
    return f"python:{what}:{uuid.uuid4()}"


def repeat(step, seconds):
    times = 0
    begun = time.perf_counter()
    spent = 0.0
    while spent < seconds:
        step()
        times += 1
        spent = time.perf_counter() - begun
    return times / spent


def five_masters(masters):
    """The median time of an acquire() alone."""
    lock = pottery.Redlock(key=name("five"), masters=masters, auto_release_time=10)
    durations = []
    ends = time.perf_counter() + MEASURED_SECONDS
    while time.perf_counter() < ends:
        begun = time.perf_counter()
        if not lock.acquire():
            raise RuntimeError("Nobody else has this lock")
        durations.append(time.perf_counter() - begun)
        lock.release()
    return 1_000 * statistics.median(durations)


def say(area, title, figure):
    print(json.dumps({"area": area, "title": title, "figure": figure}), flush=True)


def main(rounds, urls):
    warnings.simplefilter("ignore", pottery.InefficientAccessWarning)
    masters = [redis.Redis.from_url(url) for url in urls]
    one = masters[0]
    everything = [
        *dicts(one),
        *sets(one),
        *lists(one),
        *deques(one),
        *counters(one),
        *locks(one),
        *ids(masters),
        *queues(one),
        *caches(one),
        *sketches(one),
    ]
    for _ in range(rounds):
        for area, title, step in everything:
            repeat(step, WARM_UP_SECONDS)
            say(area, title, repeat(step, MEASURED_SECONDS))
        say("lock", "acquire on five masters, p50", five_masters(masters))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
