package io.pottery.testredis;

import java.util.Locale;

/**
 * An operating system and processor, spelled as in the names of binaries: {@code linux-amd64}, {@code darwin-arm64}.
 */
record Platform(String system, String processor) {

    /** Reads the system properties {@code os.name} and {@code os.arch}. Unknown ones keep their names. */
    static Platform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("linux") ? "linux" : os.startsWith("mac") || os.contains("darwin") ? "darwin" : os;
        String processor = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64", "x64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i486", "i586", "i686" -> "386";
            default -> osArch;
        };
        return new Platform(system, processor);
    }

    @Override
    public String toString() {
        return system + "-" + processor;
    }
}
