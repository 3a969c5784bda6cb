package io.github.jvbwhip.xmpp;

import io.github.jvbwhip.core.bridge.MediaKind;
import io.github.jvbwhip.core.bridge.StreamName;
import io.github.jvbwhip.core.text.Sha256;
import io.github.jvbwhip.jvb.host.SourcePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * The names of participants, which are those of their endpoints: eight lower-case hexadecimal
 * digits. Thread-safe.
 */
record Nicknames(MeetingSettings.NickSource source, RandomGenerator random) {
  private static final int LENGTH = 8;
  private static final Pattern ACCOUNT = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]+");

  /** Of a publisher. */
  Resourcepart of(EntityFullJid user, MeetingAddress meeting, StreamName stream) {
    return switch (source) {
      case ACCOUNT -> of(user);
      case RANDOM -> Resourcepart.fromOrThrowUnchecked(chance());
      case STREAM ->
          Resourcepart.fromOrThrowUnchecked(digest(meeting.jid() + "/" + stream.value()));
    };
  }

  /** Of somebody else. */
  Resourcepart of(EntityFullJid user) {
    String account = user.getLocalpart().toString();
    return Resourcepart.fromOrThrowUnchecked(
        ACCOUNT.matcher(account).matches() ? account.substring(0, LENGTH) : chance());
  }

  private String chance() {
    return "%08x".formatted(random.nextInt());
  }

  private static String digest(String text) {
    return Sha256.hex(text).substring(0, LENGTH);
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
