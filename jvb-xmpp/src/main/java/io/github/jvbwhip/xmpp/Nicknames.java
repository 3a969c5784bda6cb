package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jivesoftware.smack.AbstractXMPPConnection;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * The names of participants, which are those of their endpoints: eight lower-case hexadecimal
 * digits. A server may want them to be the first ones of the anonymous account's name. Thread-safe.
 */
record Nicknames(RandomGenerator random) {
  private static final int LENGTH = 8;
  private static final Pattern ACCOUNT = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]+");

  Resourcepart of(AbstractXMPPConnection connection) {
    String account = connection.getUser().getLocalpart().toString();
    return Resourcepart.fromOrThrowUnchecked(
        ACCOUNT.matcher(account).matches()
            ? account.substring(0, LENGTH)
            : "%08x".formatted(random.nextInt()));
  }

  /** The sources that a publisher will have, by name only. */
  List<SourcePlan> expected(Resourcepart nick, Set<MediaKind> sending) {
    List<SourcePlan> expected = new ArrayList<>();
    for (MediaKind kind : MediaKind.values()) {
      if (sending.contains(kind)) {
        expected.add(
            new SourcePlan(
                kind,
                SourcePlan.name(nick.toString(), kind, 0),
                List.of(new SourcePlan.Encoding(0, OptionalLong.empty()))));
      }
    }
    return expected;
  }
}
