package io.pottery.testredis;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container, with its port published as the same port of 127.0.0.1. Testcontainers starts it, and removes
 * it when this JVM is gone; everything in between goes to the Docker client, as Testcontainers knows no restart.
 */
final class DockerServer implements ServerProcess {

    private static final int LAST_LINES = 12;
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final RedisOptions options;
    private final int port;
    private @Nullable GenericContainer<?> container;
    private String launchFailure = "";

    DockerServer(RedisOptions options, int port) {
        this.options = options;
        this.port = port;
    }

    @Override
    public synchronized void launch() {
        launchFailure = "";
        try {
            if (container == null) {
                container = newContainer();
                container.start();
            } else {
                client().startContainerCmd(container.getContainerId()).exec();
            }
        } catch (ContainerLaunchException | DockerException e) {
            launchFailure = "%s%s".formatted(e.getMessage(), e.getCause() == null ? "" : "\n" + e.getCause());
        }
    }

    @Override
    public boolean isAlive() {
        ContainerState state = state();
        return state != null && Boolean.TRUE.equals(state.getRunning());
    }

    /** Docker publishes a port for nobody else, so whoever answers is this server. */
    @Override
    public boolean recognises(ServerInfo info) {
        return true;
    }

    @Override
    public long pid() {
        ContainerState state = state();
        Long pid = state == null ? null : state.getPidLong();
        return Objects.requireNonNull(pid, "The container of Redis on port %d has no process".formatted(port));
    }

    @Override
    public void terminate() {
        client().killContainerCmd(id()).withSignal("TERM").exec();
    }

    @Override
    public void kill() {
        if (!isAlive()) {
            return;
        }
        client().killContainerCmd(id()).exec();
        Polling.until(END_LIMIT, () -> !isAlive(), () -> "The container %s does not end".formatted(id()));
    }

    @Override
    public void pause() {
        client().pauseContainerCmd(id()).exec();
    }

    @Override
    public void resume() {
        client().unpauseContainerCmd(id()).exec();
    }

    @Override
    public void wipe() {
        delete();
    }

    @Override
    public synchronized void delete() {
        if (container != null) {
            container.stop();
            container = null;
        }
    }

    @Override
    public synchronized String lastWords() {
        List<String> lines = Stream.concat(log().lines(), launchFailure.lines()).toList();
        return options.withoutSecrets(
                lines.stream().skip(Math.max(0, lines.size() - LAST_LINES)).collect(Collectors.joining("\n")));
    }

    private String log() {
        try {
            return container == null || container.getContainerId() == null ? "" : container.getLogs();
        } catch (DockerException e) {
            return "(its log cannot be read: %s)".formatted(e.getMessage());
        }
    }

    private GenericContainer<?> newContainer() {
        ExposedPort exposed = ExposedPort.tcp(port);
        PortBinding binding = new PortBinding(Ports.Binding.bindIpAndPort(RedisServer.HOST, port), exposed);
        return new GenericContainer<>(DockerImageName.parse(DockerImage.NAME))
                .withCommand(command())
                .withCreateContainerCmdModifier(create -> {
                    HostConfig host = Objects.requireNonNullElseGet(create.getHostConfig(), HostConfig::newHostConfig);
                    create.withExposedPorts(exposed).withHostConfig(host.withPortBindings(binding));
                });
    }

    /** Inside the container the server listens on all addresses; outside it is published on 127.0.0.1 alone. */
    private String[] command() {
        Stream<String> arguments = options
                .directives(
                        Directive.of("bind", "0.0.0.0"),
                        Directive.of("protected-mode", "no"),
                        Directive.of("port", Integer.toString(port)))
                .stream()
                .flatMap(Directive::arguments);
        return Stream.concat(Stream.of("redis-server"), arguments).toArray(String[]::new);
    }

    private synchronized @Nullable ContainerState state() {
        if (container == null || container.getContainerId() == null) {
            return null;
        }
        try {
            return client().inspectContainerCmd(container.getContainerId())
                    .exec()
                    .getState();
        } catch (NotFoundException removed) {
            return null;
        }
    }

    private synchronized String id() {
        if (container == null) {
            throw new IllegalStateException("The container of Redis on port %d is gone".formatted(port));
        }
        return container.getContainerId();
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }
}
