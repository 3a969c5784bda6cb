package io.github.jvbwhip.embedded.transport;

import java.nio.charset.StandardCharsets;
import org.ice4j.security.CredentialsAuthority;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of one agent are signed with, also while it is freed: the agent itself forgets it
 * before it has stopped to check, and ice4j logs the fault of a check without a key at length.
 */
record RemoteKey(String password) implements CredentialsAuthority {
  @Override
  public byte @Nullable [] getLocalKey(String username) {
    return null;
  }

  @Override
  public byte[] getRemoteKey(String username, String media) {
    return password.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean checkLocalUserName(String username) {
    return false;
  }

  @Override
  public String toString() {
    return "RemoteKey[]";
  }
}
