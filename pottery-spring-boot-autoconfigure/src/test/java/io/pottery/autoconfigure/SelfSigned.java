package io.pottery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.stream.Stream;

/** A certificate for 127.0.0.1 that only itself vouches for, and its key, as PEM files. */
record SelfSigned(Path certificate, Path key) {

    private static final String PASSWORD = "changeit";

    /** Has the JDK's keytool make one in {@code directory}. */
    static SelfSigned in(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("keystore.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder()
                .command(Stream.concat(
                                Stream.of(keytool.toString(), "-keystore", store.toString(), "-storepass", PASSWORD),
                                Stream.of(("-storetype PKCS12 -genkeypair -alias redis -keyalg EC -groupname secp256r1"
                                                + " -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -validity 30")
                                        .split(" ")))
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(process.waitFor()).as(() -> "keytool in " + directory).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        return new SelfSigned(
                pem(
                        directory.resolve("redis.crt"),
                        "CERTIFICATE",
                        keys.getCertificate("redis").getEncoded()),
                pem(
                        directory.resolve("redis.key"),
                        "PRIVATE KEY",
                        keys.getKey("redis", PASSWORD.toCharArray()).getEncoded()));
    }

    private static Path pem(Path file, String label, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(label, Base64.getMimeEncoder().encodeToString(content)));
    }
}
