package io.pottery.aop.elsewhere;

import io.pottery.aop.SynchronizedStartTest;

/** Inherits a method that only the package of its superclass sees. */
public class InAnotherPackage extends SynchronizedStartTest.PackagePrivate {}
