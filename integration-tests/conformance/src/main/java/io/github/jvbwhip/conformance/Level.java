package io.github.jvbwhip.conformance;

/** How much a requirement binds (RFC 2119). SHALL counts as MUST, RECOMMENDED as SHOULD. */
public enum Level {
  MUST,
  SHOULD,
  MAY
}
