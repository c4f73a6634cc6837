/** Whether what many threads have seen of an object can be explained by one call after the other. */
package io.pottery.linearizability;
