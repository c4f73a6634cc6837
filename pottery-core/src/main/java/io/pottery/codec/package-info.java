/**
 * How values become the bytes that Redis stores: canonical JSON, the same to the byte as Python Pottery writes it, so
 * that equal values are equal bytes.
 */
@NullMarked
package io.pottery.codec;

import org.jspecify.annotations.NullMarked;
