package io.github.jvbwhip.http.exchange;

/** A header field of a response. */
public record Header(String name, String value) {}
