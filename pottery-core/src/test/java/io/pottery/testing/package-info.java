/** What the tests share. */
package io.pottery.testing;
