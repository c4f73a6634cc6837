package io.pottery.testing;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.Collections;
import junit.framework.Test;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.DynamicNode;

/** Shows a suite of Guava's testlib to JUnit Jupiter, one dynamic test for each of its cases. */
public final class Contract {

    private Contract() {}

    public static DynamicNode of(Test test) {
        if (test instanceof TestSuite suite) {
            return dynamicContainer(
                    suite.getName(), Collections.list(suite.tests()).stream().map(Contract::of));
        }
        TestCase testCase = (TestCase) test;
        return dynamicTest(testCase.getName(), testCase::runBare);
    }
}
