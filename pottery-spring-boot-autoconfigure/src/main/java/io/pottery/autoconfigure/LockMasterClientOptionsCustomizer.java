package io.pottery.autoconfigure;

import io.lettuce.core.ClientOptions;

/**
 * Changes how Lettuce connects to the masters of {@code pottery.lock.masters} and {@code pottery.id.masters}. All beans
 * of this type are applied, in their order, to each master; customizers of the application's own Redis are not.
 *
 * <p>Whatever they say, commands to masters are never sent twice and never kept for a lost connection.
 */
@FunctionalInterface
public interface LockMasterClientOptionsCustomizer {

    /**
     * Changes the options of one master, whose timeout and SSL bundle they hold.
     *
     * @param master which one, as the properties name it: {@code pottery.lock.masters[0]}, say
     */
    void customize(String master, ClientOptions.Builder options);
}
