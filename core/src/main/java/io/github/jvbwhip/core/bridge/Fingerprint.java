package io.github.jvbwhip.core.bridge;

/**
 * A certificate's fingerprint (RFC 8122 §5).
 *
 * @param hash the hash function's name in lower case, such as {@code sha-256}
 * @param value upper-case hexadecimal bytes, separated by colons
 */
public record Fingerprint(String hash, String value) {}
