package io.pottery.linearizability;

import static io.pottery.linearizability.Operation.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Histories as they are written down by hand: result, when invoked, when returned. */
class LinearizabilityTest {

    @Nested
    class OfAMap {

        @Test
        void aReadSeesWhatWasWrittenBefore() {
            assertThat(violation(put(1, null, 0, 1), get(1, 2, 3))).isEmpty();
        }

        @Test
        void aReadMustNotBeStale() {
            assertThat(violation(put(1, null, 0, 1), put(2, 1, 2, 3), get(1, 4, 5)))
                    .isPresent();
        }

        @Test
        void aReadMayBeOldWhileAnotherWrites() {
            assertThat(violation(put(1, null, 0, 1), put(2, 1, 2, 5), get(1, 3, 4)))
                    .isEmpty();
            assertThat(violation(put(1, null, 0, 1), put(2, 1, 2, 5), get(2, 3, 4)))
                    .isEmpty();
        }

        @Test
        void readsMustNotGoBackWhileAnotherWrites() {
            assertThat(violation(put(1, null, 0, 1), set(2, 2, 9), get(1, 3, 4), get(2, 5, 6)))
                    .isEmpty();
            assertThat(violation(put(1, null, 0, 1), set(2, 2, 9), get(2, 3, 4), get(1, 5, 6)))
                    .isPresent();
        }

        @Test
        void overlappingWritesMayComeInEitherOrderButInOne() {
            assertThat(violation(set(1, 0, 3), set(2, 1, 2), get(1, 4, 5))).isEmpty();
            assertThat(violation(set(1, 0, 3), set(2, 1, 2), get(2, 4, 5))).isEmpty();
            assertThat(violation(set(1, 0, 3), set(2, 1, 2), get(1, 4, 5), get(2, 6, 7)))
                    .isPresent();
        }

        @Test
        void theOrderInWhichOperationsAreToldDoesNotMatter() {
            assertThat(violation(get(1, 2, 3), put(1, null, 0, 1))).isEmpty();
            assertThat(violation(get(1, 4, 5), put(2, 1, 2, 3), put(1, null, 0, 1)))
                    .isPresent();
        }

        @Test
        void aWriteMustNotBeLost() {
            assertThat(violation(put(1, null, 0, 1), put(2, null, 2, 3))).isPresent();
            assertThat(violation(set(1, 0, 1), get(null, 2, 3))).isPresent();
        }

        @Test
        void noTwoWritersReplaceTheSameValue() {
            assertThat(violation(put(1, null, 0, 5), put(2, null, 1, 4))).isPresent();
            assertThat(violation(put(1, 2, 0, 5), put(2, null, 1, 4))).isEmpty();
        }

        @Test
        void aValueMustNotComeOutOfThinAir() {
            assertThat(violation(put(1, null, 0, 9), get(3, 1, 2))).isPresent();
        }

        @Test
        void aValueMustNotBeReadBeforeItIsWritten() {
            assertThat(violation(get(1, 0, 1), put(1, null, 2, 3))).isPresent();
        }

        @Test
        void fieldsAreCheckedOneByOne() {
            assertThat(violation(
                            operation("b", "put", 7, null, 0, 1),
                            put(1, null, 2, 3),
                            operation("b", "get", 0, 7, 4, 5),
                            get(1, 6, 7)))
                    .isEmpty();
            assertThat(violation(
                            put(1, null, 0, 1),
                            get(1, 2, 3),
                            operation("b", "put", 7, null, 4, 5),
                            operation("b", "get", 0, 8, 6, 7)))
                    .hasValueSatisfying(told -> assertThat(told)
                            .contains("what happened to b", "6-7 get 0: 8")
                            .doesNotContain("0-1"));
        }

        @Test
        void whatIsUnknownMayHaveBeenDoneOrNotOrBeDoneLater() {
            assertThat(violation(unknown(1, 0), get(1, 2, 3))).isEmpty();
            assertThat(violation(unknown(1, 0), get(null, 2, 3))).isEmpty();
            assertThat(violation(unknown(1, 0), get(null, 2, 3), get(1, 4, 5))).isEmpty();
        }

        @Test
        void whatIsUnknownIsNotDoneTwiceNorBeforeItWasInvokedNorUndone() {
            assertThat(violation(unknown(1, 0), get(1, 2, 3), put(2, 1, 4, 5), get(1, 6, 7)))
                    .isPresent();
            assertThat(violation(get(1, 0, 1), unknown(1, 2))).isPresent();
            assertThat(violation(unknown(1, 0), get(1, 2, 3), get(null, 4, 5))).isPresent();
        }

        private static java.util.Optional<String> violation(Operation<?>... operations) {
            @SuppressWarnings("unchecked") // all of them are of maps
            List<Operation<Map<String, Integer>>> history =
                    (List<Operation<Map<String, Integer>>>) (List<?>) List.of(operations);
            return Linearizability.violation(Model.ofMap(), history);
        }

        private static Operation<Map<String, Integer>> put(int value, Integer result, long invoked, long returned) {
            return operation("a", "put", value, result, invoked, returned);
        }

        private static Operation<Map<String, Integer>> set(int value, long invoked, long returned) {
            return operation("a", "set", value, null, invoked, returned);
        }

        private static Operation<Map<String, Integer>> get(Integer result, long invoked, long returned) {
            return operation("a", "get", 0, result, invoked, returned);
        }

        private static Operation<Map<String, Integer>> unknown(int value, long invoked) {
            return operation("a", "put", value, null, invoked, NEVER);
        }

        private static Operation<Map<String, Integer>> operation(
                String field, String what, int value, Integer result, long invoked, long returned) {
            Call<Map<String, Integer>, Map<String, Integer>> call = Call.of(field, what + " " + value, map -> {
                if (what.equals("get")) {
                    return map.get(field);
                }
                Integer old = map.put(field, value);
                return what.equals("put") ? old : null;
            });
            return new Operation<>(call, result, invoked, returned);
        }
    }

    @Nested
    class OfASet {

        @Test
        void oneOfTwoAddersIsToldTrue() {
            assertThat(violation(add(true, 0, 3), add(false, 1, 2))).isEmpty();
            assertThat(violation(add(false, 0, 3), add(true, 1, 2))).isEmpty();
            assertThat(violation(add(true, 0, 3), add(true, 1, 2))).isPresent();
            assertThat(violation(add(false, 0, 3), add(false, 1, 2))).isPresent();
        }

        @Test
        void whoAddsAfterAnotherIsNotToldTrue() {
            assertThat(violation(add(false, 0, 1), add(true, 2, 3))).isPresent();
        }

        @Test
        void bothAreToldTrueIfItWasRemovedBetween() {
            assertThat(violation(add(true, 0, 3), remove(true, 2, 5), add(true, 4, 6)))
                    .isEmpty();
            assertThat(violation(add(true, 0, 3), remove(true, 4, 5), add(true, 1, 2)))
                    .isPresent();
        }

        private static java.util.Optional<String> violation(Operation<?>... operations) {
            @SuppressWarnings("unchecked") // all of them are of sets
            List<Operation<Set<String>>> history = (List<Operation<Set<String>>>) (List<?>) List.of(operations);
            return Linearizability.violation(Model.ofSet(), history);
        }

        private static Operation<Set<String>> add(boolean result, long invoked, long returned) {
            return new Operation<>(Call.<Set<String>>of("e", "add", set -> set.add("e")), result, invoked, returned);
        }

        private static Operation<Set<String>> remove(boolean result, long invoked, long returned) {
            return new Operation<>(
                    Call.<Set<String>>of("e", "remove", set -> set.remove("e")), result, invoked, returned);
        }
    }

    @Nested
    class OfADeque {

        @Test
        void overlappingAddsMayComeInEitherOrderButInOne() {
            assertThat(violation(add(1, 0, 3), add(2, 1, 2), poll(1, 4, 5), poll(2, 6, 7)))
                    .isEmpty();
            assertThat(violation(add(1, 0, 3), add(2, 1, 2), poll(2, 4, 5), poll(1, 6, 7)))
                    .isEmpty();
            assertThat(violation(add(1, 0, 1), add(2, 2, 3), poll(2, 4, 5), poll(1, 6, 7)))
                    .isPresent();
        }

        @Test
        void nothingIsTakenTwiceOrLost() {
            assertThat(violation(add(1, 0, 1), poll(1, 2, 5), poll(1, 3, 4))).isPresent();
            assertThat(violation(add(1, 0, 1), poll(null, 2, 5), poll(null, 3, 4)))
                    .isPresent();
        }

        private static java.util.Optional<String> violation(Operation<?>... operations) {
            @SuppressWarnings("unchecked") // all of them are of deques
            List<Operation<Deque<Integer>>> history = (List<Operation<Deque<Integer>>>) (List<?>) List.of(operations);
            return Linearizability.violation(Model.ofDeque(), history);
        }

        private static Operation<Deque<Integer>> add(int element, long invoked, long returned) {
            return new Operation<>(
                    Call.<Deque<Integer>>of("", "add " + element, deque -> deque.add(element)),
                    true,
                    invoked,
                    returned);
        }

        private static Operation<Deque<Integer>> poll(Integer result, long invoked, long returned) {
            return new Operation<>(Call.<Deque<Integer>>of("", "poll", Deque::poll), result, invoked, returned);
        }
    }

    @Nested
    class OfManyOperations {

        /** Ten threads, whose operations take effect at some moment between those at which they begin and end. */
        @Test
        void historiesWhoseOperationsTakeEffectAtAMomentAreAcceptedAndRejectedWithAnotherResult() {
            for (int seed = 0; seed < 15; seed++) {
                Random random = new Random(seed);
                List<Operation<Map<String, Integer>>> history = history(random);
                assertThat(Linearizability.violation(Model.ofMap(), history)).isEmpty();

                int changed = random.nextInt(history.size());
                List<Operation<Map<String, Integer>>> wrong = new ArrayList<>(history);
                wrong.set(changed, history.get(changed).withResult(-1));
                assertThat(Linearizability.violation(Model.ofMap(), wrong)).isPresent();
            }
        }

        private static List<Operation<Map<String, Integer>>> history(Random random) {
            int threads = 10;
            Map<String, Integer> map = new HashMap<>();
            long[] free = new long[threads];
            List<Operation<Map<String, Integer>>> history = new ArrayList<>();
            List<Integer> turns = new ArrayList<>(
                    IntStream.range(0, 100).map(i -> i % threads).boxed().toList());
            Collections.shuffle(turns, random);
            for (int i = 0; i < turns.size(); i++) {
                int thread = turns.get(i);
                int value = i;
                boolean writes = random.nextBoolean();
                Call<Map<String, Integer>, Map<String, Integer>> call = writes
                        ? Call.of("a", "put " + value, each -> each.put("a", value))
                        : Call.of("a", "get", each -> each.get("a"));
                long effect = 100L * i + 50;
                long invoked = Math.max(free[thread], effect - random.nextInt(1_000));
                long returned = effect + 1 + random.nextInt(49);
                free[thread] = returned + 1;
                history.add(new Operation<>(call, call.onObject().apply(map), invoked, returned));
            }
            return history;
        }
    }
}
