package io.github.jvbwhip.core.bridge;

/**
 * A header extension with the client's id for it.
 *
 * @param id 1 to 255 (over 14: two-byte form only)
 */
public record NegotiatedExtension(int id, HeaderExtensionType type) {
  public NegotiatedExtension {
    if (id < 1 || id > 255) {
      throw new IllegalArgumentException("extension id out of range: " + id);
    }
  }
}
