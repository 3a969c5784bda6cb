package io.github.jvbwhip.integration.clients;

import io.github.jvbwhip.testpeer.network.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * nginx in front of a server, with the locations that a {@link Sample} has, and with such as a
 * Jitsi Meet has, which take every path.
 */
public final class NginxProxy implements AutoCloseable {
  /** What the product has for nginx. */
  public enum Sample {
    /** For the nginx of a Jitsi Meet host. */
    HOST("jvb-config/nginx.conf.sample", "http://127.0.0.1:8081"),
    /** For the web container of docker-jitsi-meet. */
    CONTAINER("packaging/src/compose/nginx-whip.conf", "http://jvb:8081");

    private final Path file;
    private final String server;

    Sample(String file, String server) {
      this.file = Path.of("..", file);
      this.server = server;
    }

    private String locations(URI before) throws IOException {
      return Files.readString(file).replace(server, "http://" + before.getAuthority());
    }
  }

  private final Path folder;
  private final int port;

  private NginxProxy(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  private static Optional<Path> program() {
    return Commands.find("nginx").or(() -> Optional.of(Path.of("/usr/sbin/nginx")));
  }

  static Optional<String> missing() {
    return program().filter(Files::isExecutable).isPresent()
        ? Optional.empty()
        : Optional.of("nginx is not installed");
  }

  /** Starts one on a free port of the loopback interface; it is up when this returns. */
  public static NginxProxy before(URI server, Sample sample) {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Commands.WORK), "nginx-");
      int port = FreePort.find();
      Files.writeString(folder.resolve("nginx.conf"), config(sample.locations(server), port));
      NginxProxy proxy = new NginxProxy(folder, port);
      proxy.run(); // it ends when its daemon listens
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String config(String locations, int port) {
    return """
        worker_processes 1;
        error_log nginx.log;
        pid nginx.pid;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d;
            location ~ ^/[^/]+/ { return 404; } # As Jitsi Meet has them.
            location ~ ^/[^/]+$ { return 404; }
            location ~ [.](js|css|png|ico)$ { return 404; }
            %s
          }
        }
        """
        .formatted(port, locations);
  }

  private void run(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(program().orElseThrow().toString(), "-p", folder + "/", "-c", "nginx.conf"));
    command.addAll(List.of(arguments));
    Commands.run(folder, command.toArray(String[]::new))
        .ifPresent(
            failure -> {
              throw new AssertionError(failure);
            });
  }

  /** Where clients reach it; ends with a slash. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/");
  }

  @Override
  public void close() {
    run("-s", "stop");
  }
}
