package io.github.jvbwhip.core.bridge;

import java.util.Optional;

/**
 * Players had better go elsewhere, now: drain or shutdown. No state of a room: whoever follows it
 * later does not hear of it.
 *
 * @param url the WHEP endpoint to go to, where there is another one than their own
 */
public record ReconnectRequest(Optional<String> url) {}
