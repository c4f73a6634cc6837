package io.pottery.autoconfigure;

import static org.springframework.util.StringUtils.hasText;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.pottery.autoconfigure.PotteryProperties.Master;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** One master as the properties have it. What is wrong with it is told by the name of the property. */
record ConfiguredMaster(String list, int index, Master master) {

    static final String LOCKS = "pottery.lock.masters";
    static final String IDS = "pottery.id.masters";

    private static final String IP_V6 = "([\\da-fA-F]*:){2,}[\\da-fA-F:.]*(%\\w+)?";
    private static final Pattern HOST = Pattern.compile("[^\\s/@:]+|" + IP_V6 + "|\\[" + IP_V6 + "]");
    private static final int HIGHEST_PORT = 65_535;

    /** The name of the master's property, without a key. */
    String property() {
        return "%s[%d]".formatted(list, index);
    }

    /** Where the master is, and how to log in there. */
    RedisURI uri() {
        if (master.timeout().toMillis() < 1) {
            throw invalid("timeout", master.timeout(), "It must be at least 1 ms.");
        }
        RedisURI uri = hasText(master.url()) ? ofUrl(master.url()) : ofHost();
        if (uri.isSsl() && Boolean.FALSE.equals(master.ssl().enabled())) {
            throw invalid("ssl.enabled", false, "The URL is one for TLS.");
        }
        if (master.ssl().isEnabled()) {
            uri.setSsl(true);
        }
        return uri;
    }

    /** Puts the certificates of the master's SSL bundle into {@code options}, if it has one. */
    void secure(ClientOptions.Builder options, Supplier<SslBundles> bundles) {
        String name = master.ssl().bundle();
        if (hasText(name) && master.ssl().isEnabled()) {
            options.sslOptions(sslOptions(bundle(name, bundles.get())));
        }
    }

    private SslBundle bundle(String name, SslBundles bundles) {
        try {
            return bundles.getBundle(name);
        } catch (NoSuchSslBundleException e) {
            throw invalid("ssl.bundle", name, "There is no SSL bundle of that name.");
        }
    }

    private static SslOptions sslOptions(SslBundle bundle) {
        SslOptions.Builder options = SslOptions.builder()
                .keyManager(bundle.getManagers().getKeyManagerFactory())
                .trustManager(bundle.getManagers().getTrustManagerFactory());
        String[] ciphers = bundle.getOptions().getCiphers();
        if (ciphers != null) {
            options.cipherSuites(ciphers);
        }
        String[] protocols = bundle.getOptions().getEnabledProtocols();
        if (protocols != null) {
            options.protocols(protocols);
        }
        return options.build();
    }

    private RedisURI ofUrl(String url) {
        refuseBesideUrl("host", hasText(master.host()));
        refuseBesideUrl("port", master.port() != RedisURI.DEFAULT_REDIS_PORT);
        refuseBesideUrl("database", master.database() != 0);
        refuseBesideUrl("username", hasText(master.username()));
        refuseBesideUrl("password", hasText(master.password()));
        RedisURI uri = parsed(url);
        if (uri == null) {
            throw new InvalidMasterException(
                    property("url"),
                    "a URL such as redis://user:password@host:6379/0?timeout=500ms, or rediss:// for TLS,"
                            + " with special characters of the password percent-encoded"
                            + " (a host with underscores needs the property 'host' in place of 'url')");
        }
        return uri;
    }

    private @Nullable RedisURI parsed(String url) {
        try {
            URI parsed = URI.create(url);
            RedisURI uri = RedisURI.create(parsed);
            if (parsed.getQuery() == null || !parsed.getQuery().contains("timeout=")) {
                uri.setTimeout(master.timeout());
            }
            boolean isServer = parsed.getHost() != null && uri.getHost() != null;
            return isServer && uri.getTimeout().toMillis() >= 1 ? uri : null;
        } catch (RuntimeException e) { // its message repeats the URL, which may hold a password
            return null;
        }
    }

    /** Refuses what the URL holds, too: one of both would have no effect. */
    private void refuseBesideUrl(String key, boolean present) {
        if (present) {
            List<String> both = List.of(property("url"), property(key));
            throw new MutuallyExclusiveConfigurationPropertiesException(both, both);
        }
    }

    private RedisURI ofHost() {
        String host = master.host();
        if (!hasText(host)) {
            throw invalid("url", null, "A master needs 'url' or 'host', and has neither.");
        }
        if (!HOST.matcher(host).matches()) {
            throw new InvalidMasterException(
                    property("host"), "the name or address of a host, with the port in a property of its own");
        }
        if (master.port() < 1 || master.port() > HIGHEST_PORT) {
            throw invalid("port", master.port(), "It must be from 1 to %d.".formatted(HIGHEST_PORT));
        }
        if (master.database() < 0) {
            throw invalid("database", master.database(), "It must not be negative.");
        }
        RedisURI.Builder uri = RedisURI.builder()
                .withHost(host)
                .withPort(master.port())
                .withDatabase(master.database())
                .withTimeout(master.timeout());
        authenticate(uri);
        return uri.build();
    }

    private void authenticate(RedisURI.Builder uri) {
        String username = master.username();
        String password = master.password();
        if (hasText(username) && hasText(password)) {
            uri.withAuthentication(username, password);
        } else if (hasText(username)) {
            throw invalid("username", username, "A user name needs a password.");
        } else if (hasText(password)) {
            uri.withPassword((CharSequence) password);
        }
    }

    private String property(String key) {
        return property() + "." + key;
    }

    private InvalidConfigurationPropertyValueException invalid(String key, @Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(property(key), value, reason);
    }
}
