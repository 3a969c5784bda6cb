package io.github.jvbwhip.operator.endpoints;

import io.github.jvbwhip.core.bridge.RoomName;
import io.github.jvbwhip.core.bridge.StreamPlace;
import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.http.config.InvalidConfigException;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.problems.ProblemType;
import io.github.jvbwhip.operator.endpoints.EndpointJson.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All named endpoints, as they are kept. What cannot be kept is not done either. Thread-safe: they
 * are read without a lock, and changed by one at a time.
 */
public final class NamedEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(NamedEndpoints.class);
  private static final int TOKEN_BYTES = 24;
  private static final int NAME_BYTES = 6;

  /** More than anybody has encoders; each request looks through all. */
  private static final int MOST = 1000;

  /**
   * An endpoint whose token has just been made, or given: nobody sees it again.
   *
   * @param token a secret
   */
  public record WithToken(NamedEndpoint endpoint, String token) {
    @Override
    public String toString() {
      return "WithToken[" + endpoint + "]";
    }
  }

  private final EndpointFile file;
  private final UnaryOperator<RoomName> canonical;
  private final Clock clock;
  private final RandomGenerator random;
  private volatile Map<String, NamedEndpoint> endpoints;

  private NamedEndpoints(
      EndpointFile file,
      UnaryOperator<RoomName> canonical,
      Clock clock,
      RandomGenerator random,
      Collection<NamedEndpoint> stored) {
    this.file = file;
    this.canonical = canonical;
    this.clock = clock;
    this.random = random;
    Map<String, NamedEndpoint> all = new TreeMap<>();
    stored.forEach(each -> all.put(each.name(), each));
    this.endpoints = all;
  }

  /**
   * Those that are kept in a directory, which has to be there: an empty one has none.
   *
   * @param canonical of the names that mean one room, that by which it is known
   * @param random cryptographically strong
   * @throws InvalidConfigException when what is there cannot be read: streams that need a token
   *     would be open to everybody
   */
  public static NamedEndpoints in(
      Path directory, UnaryOperator<RoomName> canonical, Clock clock, RandomGenerator random)
      throws InvalidConfigException {
    if (!Files.isDirectory(directory)) {
      throw new InvalidConfigException(
          "Named endpoints cannot be read: " + directory + " is no directory");
    }
    EndpointFile file = new EndpointFile(directory);
    try {
      return new NamedEndpoints(file, canonical, clock, random, file.read());
    } catch (IOException e) {
      throw new InvalidConfigException("Named endpoints cannot be read: " + EndpointFile.words(e));
    }
  }

  /** All, by their names. */
  public List<NamedEndpoint> all() {
    return List.copyOf(endpoints.values());
  }

  public Optional<NamedEndpoint> find(String name) {
    return Optional.ofNullable(endpoints.get(name));
  }

  /** The stream behind a name; of one that is closed, too. */
  public Optional<StreamPlace> place(String name) {
    return find(name).map(this::placeOf);
  }

  /** The one that a stream belongs to. */
  Optional<NamedEndpoint> of(StreamPlace place) {
    return endpoints.values().stream().filter(each -> placeOf(each).equals(place)).findFirst();
  }

  /** The stream that it is for, by the name by which its room is known. */
  public StreamPlace placeOf(NamedEndpoint endpoint) {
    return canonical(endpoint.place());
  }

  private StreamPlace canonical(StreamPlace place) {
    return new StreamPlace(canonical.apply(place.room()), place.stream());
  }

  /**
   * Makes one.
   *
   * @throws ProblemException 409 when there is one of that name, or for that stream, 507 when it
   *     cannot be kept
   */
  public synchronized WithToken create(Wish wish) throws ProblemException {
    String name = wish.name().orElseGet(() -> randomText(NAME_BYTES));
    if (endpoints.containsKey(name)) {
      throw new ProblemException(
          ProblemType.NAME_IN_USE, "There is an endpoint of that name. Change it by PUT.");
    }
    if (endpoints.size() >= MOST) {
      throw new ProblemException(
          ProblemType.NOT_STORED, "There are " + MOST + " endpoints; destroy some.");
    }
    String token = wish.token().orElseGet(() -> randomText(TOKEN_BYTES));
    NamedEndpoint made = endpoint(name, wish, Sha256.hex(token), clock.instant());
    store(made);
    LOG.info("Endpoint {} is made, for {}", name, made.stream());
    return new WithToken(made, token);
  }

  /**
   * Makes one anew under its name; its token stays, where none is given.
   *
   * @throws ProblemException 404 when there is none of that name, and as {@link #create}
   */
  public synchronized NamedEndpoint change(String name, Wish wish) throws ProblemException {
    NamedEndpoint before = require(name);
    String digest = wish.token().map(Sha256::hex).orElse(before.tokenDigest());
    NamedEndpoint after = endpoint(name, wish, digest, before.created());
    store(after);
    LOG.info("Endpoint {} is changed, for {}", name, after.stream());
    return after;
  }

  /**
   * Gives it another token.
   *
   * @throws ProblemException as {@link #change}
   */
  public synchronized WithToken renewToken(String name) throws ProblemException {
    String token = randomText(TOKEN_BYTES);
    NamedEndpoint after = require(name).withTokenDigest(Sha256.hex(token));
    store(after);
    LOG.info("Endpoint {} has another token", name);
    return new WithToken(after, token);
  }

  /**
   * Destroys it: its stream is like any other one.
   *
   * @throws ProblemException as {@link #change}
   */
  public synchronized NamedEndpoint destroy(String name) throws ProblemException {
    NamedEndpoint gone = require(name);
    Map<String, NamedEndpoint> all = new TreeMap<>(endpoints);
    all.remove(name);
    store(all);
    LOG.info("Endpoint {} is destroyed", name);
    return gone;
  }

  private NamedEndpoint endpoint(String name, Wish wish, String digest, Instant created)
      throws ProblemException {
    NamedEndpoint endpoint =
        new NamedEndpoint(
            name,
            wish.place(),
            digest,
            wish.displayName(),
            wish.maxDuration(),
            wish.maxBitrate(),
            wish.enabled(),
            created);
    Optional<NamedEndpoint> other = of(canonical(endpoint.place()));
    if (other.isPresent() && !other.get().name().equals(name)) {
      throw new ProblemException(
          ProblemType.NAME_IN_USE,
          "That stream belongs to the endpoint " + other.get().name() + ".");
    }
    return endpoint;
  }

  /**
   * The endpoint of that name.
   *
   * @throws ProblemException 404 when there is none
   */
  public NamedEndpoint require(String name) throws ProblemException {
    return find(name)
        .orElseThrow(
            () ->
                new ProblemException(ProblemType.NOT_FOUND, "There is no endpoint of that name."));
  }

  private void store(NamedEndpoint one) throws ProblemException {
    Map<String, NamedEndpoint> all = new TreeMap<>(endpoints);
    all.put(one.name(), one);
    store(all);
  }

  private void store(Map<String, NamedEndpoint> all) throws ProblemException {
    try {
      file.write(all.values());
    } catch (IOException e) {
      LOG.error("Endpoints cannot be kept: {}", EndpointFile.words(e));
      throw new ProblemException(
          ProblemType.NOT_STORED, "The server cannot keep it; nothing has changed.");
    }
    endpoints = all;
  }

  private String randomText(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
