package io.github.jvbwhip.http.sessions;

import io.github.jvbwhip.core.session.SessionSecret;
import io.github.jvbwhip.http.config.HttpConfig;
import io.github.jvbwhip.http.config.HttpConfig.LocationStyle;
import io.github.jvbwhip.http.exchange.Call;
import java.net.URI;
import java.util.Optional;

/** Writes the URLs that responses name. */
public final class Locations {
  /** The path segment under which sessions stand. */
  public static final String SESSIONS = "sessions";

  private final LocationStyle style;
  private final Optional<String> publicUrl;
  private final Optional<String> publicPath;

  public Locations(HttpConfig config) {
    this.style = config.location();
    this.publicUrl = config.publicUrl();
    this.publicPath = publicUrl.map(url -> URI.create(url).getRawPath());
  }

  /**
   * The session's URL: a path, or with scheme and host when configured so, or when the call was
   * redirected here: some clients resolve a path against the URL that they called first.
   *
   * @param suffix what follows the secret, with its slash, or empty text
   */
  public String session(Call call, SessionSecret secret, String suffix) {
    String path = call.mountPath() + "/" + SESSIONS + "/" + secret.reveal() + suffix;
    return Redirects.isRedirected(call) ? absolute(call, path) : of(call, path);
  }

  /**
   * The URL of a path of ours, for a {@code Location}: a path as well, or with scheme and host when
   * configured so.
   */
  public String of(Call call, String path) {
    return style == LocationStyle.ABSOLUTE ? absolute(call, path) : path(call, path);
  }

  private String absolute(Call call, String path) {
    return publicUrl.orElseGet(() -> call.origin() + call.prefix()) + path;
  }

  /** A path of ours as clients see it. */
  public String path(Call call, String path) {
    return publicPath.orElseGet(call::prefix) + path;
  }
}
