/** Mails that wait to be written, and the processes that write them. */
@NullMarked
package io.pottery.sample.mail;

import org.jspecify.annotations.NullMarked;
