package io.github.jvbwhip.core.bridge;

/** A publisher's endpoint. */
public interface IngestEndpoint extends BridgeEndpoint {}
