package io.pottery.aop;

import io.pottery.error.AnnotatedMethodException;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.function.Function;

/**
 * An annotation by which methods get advice.
 *
 * @param atTypes whether it may stand at a type, for all methods of that
 * @param effect what a method has by it, as messages call it
 * @param instead what has that effect inside of a method
 * @param meaning what a method has to do by what stands nearest to it: several only of a repeatable annotation
 * @param <T> what a method has to do
 */
record AdvisedAnnotation<T>(
        Class<? extends Annotation> type,
        boolean atTypes,
        String effect,
        String instead,
        Function<List<Attributes>, T> meaning) {

    /** The meaning of an annotation that stands once at a method, or as part of another one. */
    static <T> Function<List<Attributes>, T> one(Function<Attributes, T> meaning) {
        return all -> {
            if (all.size() > 1) {
                throw all.get(0)
                        .wrong(
                                " stands there %d times, with what other annotations bring: leave one"
                                        .formatted(all.size()),
                                null);
            }
            return meaning.apply(all.get(0));
        };
    }

    /** The same annotation, of which {@code meaning} is asked for. */
    <S> AdvisedAnnotation<S> meaning(Function<List<Attributes>, S> meaning) {
        return new AdvisedAnnotation<>(type, atTypes, effect, instead, meaning);
    }

    /** The annotation as messages call it. */
    String at() {
        return "@" + type.getSimpleName();
    }

    /** Says why {@code method} would run without the advice. */
    AnnotatedMethodException without(String method, String why) {
        return new AnnotatedMethodException(
                "%s would run without the %s of %s, because %s".formatted(method, effect, at(), why));
    }
}
