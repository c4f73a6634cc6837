/**
 * A world of virtual time for production code: masters, clients, and what may go wrong between them. A schedule of it
 * is run in one thread, and is the same each time.
 */
package io.pottery.simulation;
