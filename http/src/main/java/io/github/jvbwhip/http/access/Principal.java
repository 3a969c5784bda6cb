package io.github.jvbwhip.http.access;

import io.github.jvbwhip.core.text.Sha256;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Who calls.
 *
 * @param identity tells callers apart, and stays the same for one caller; not to be shown
 * @param name opaque and safe to log: never a token, nor unique
 * @param claims what whoever knows the caller says of it, by name
 * @param limits what it may have at most
 */
public record Principal(String identity, String name, Map<String, String> claims, Limits limits) {

  /**
   * What a caller may have at most, within the limits of the server.
   *
   * @param sessions at a time; empty for as many as the server takes
   * @param until when its sessions end, where they do
   * @param bitrate of each publisher, in bits per second; at least 1, empty for as much as the
   *     server takes
   */
  public record Limits(OptionalInt sessions, Optional<Instant> until, OptionalLong bitrate) {
    /** Those of the server alone. */
    public static final Limits NONE =
        new Limits(OptionalInt.empty(), Optional.empty(), OptionalLong.empty());
  }

  /** The claim that says what people call it. */
  public static final String DISPLAY_NAME = "display-name";

  /** The claim that names the server whose endpoint it is to go to, as a URL without the room. */
  public static final String ELSEWHERE = "elsewhere";

  /** The claim that is its token, where whoever runs the room wants to see it; a secret. */
  public static final String MEETING_TOKEN = "meeting-token";

  /** Callers of whom no credentials are asked: one cannot be told from another. */
  public static final Principal ANONYMOUS = new Principal("anonymous", "anonymous");

  public Principal {
    claims = Map.copyOf(claims);
  }

  /** Another of those callers, of whom something is said; their sessions cannot be counted. */
  public static Principal anonymous(Map<String, String> claims, Limits limits) {
    return new Principal(
        ANONYMOUS.identity,
        ANONYMOUS.name,
        claims,
        new Limits(OptionalInt.empty(), limits.until, limits.bitrate));
  }

  /** Whether it can be told from other callers. */
  public boolean isToldApart() {
    return !identity.equals(ANONYMOUS.identity);
  }

  /** One of whom nothing more is known. */
  public Principal(String identity, String name) {
    this(identity, name, Map.of(), Limits.NONE);
  }

  /**
   * Whoever has that token, which cannot be told from either name.
   *
   * @param kind of tokens: those of another one are other callers
   */
  public static Principal ofToken(String kind, String token, Map<String, String> claims) {
    return ofCaller(kind, token, claims, Limits.NONE);
  }

  /**
   * Whoever is known by that text, which cannot be told from either name.
   *
   * @param kind of such texts: those of another one are other callers
   */
  public static Principal ofCaller(
      String kind, String known, Map<String, String> claims, Limits limits) {
    byte[] digest = Sha256.of(known);
    HexFormat hex = HexFormat.of();
    return new Principal(
        kind + ":" + hex.formatHex(digest),
        kind + "-" + hex.formatHex(digest, 0, 4),
        claims,
        limits);
  }

  /** Leaves the identity and the claims out. */
  @Override
  public String toString() {
    return "Principal[" + name + "]";
  }
}
