package io.pottery.benchmarks;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The row of a benchmark in the tables; its area is the name of the class before {@code Benchmark}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Row {

    /** What is done in one operation, such as "get, 64 threads"; {@code {name}} stands for a parameter of JMH. */
    String value();

    /** Where the row stands among those of its area. */
    int order();
}
