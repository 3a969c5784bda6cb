package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Heartbeat;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.core.collections.BoundedMap;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices where two bridges have one name. Confined to the loop. */
final class Twins {
  private static final Logger LOG = LoggerFactory.getLogger(Twins.class);

  /** How long nothing more is said of a name. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /** One message of a process that has ended may come late. */
  private static final int RETURNS = 2;

  /** How many processes of a name are remembered. */
  private static final int MOST = 16;

  /** Of one name. */
  private static final class Processes {
    private final Set<String> all = Collections.newSetFromMap(BoundedMap.forgettingTheOldest(MOST));
    private String last = "";
    private int returns;
    private boolean said;
    private long saidAt;
  }

  private final Hello self;
  private final Loop loop;
  private final Map<String, Processes> names = new HashMap<>();
  private boolean said;

  Twins(Hello self, Loop loop) {
    this.self = self;
    this.loop = loop;
  }

  /** Somebody answers at a URL. */
  void greeted(String url, Hello hello) {
    if (hello.self().equals(self.self()) && !hello.incarnation().equals(self.incarnation())) {
      sayOwn("at " + url);
    }
  }

  /** Whether who asks has this member's own name. */
  boolean isOwn(String from) {
    boolean own = from.equals(self.self());
    if (own) {
      sayOwn("which asks this one");
    }
    return own;
  }

  private void sayOwn(String where) {
    if (!said) {
      said = true;
      LOG.error(
          "self = {} is used by another bridge, {}: each needs a URL of its own",
          self.self(),
          where);
    }
  }

  /** A process of that name says something. */
  void heard(String name, Heartbeat heartbeat) {
    Processes known = names.computeIfAbsent(name, any -> new Processes());
    if (known.last.equals(heartbeat.incarnation())) {
      return;
    }
    known.last = heartbeat.incarnation();
    if (known.all.add(known.last)) {
      return;
    }
    known.returns++;
    long now = loop.nanoTime();
    if (known.returns >= RETURNS && (!known.said || now - known.saidAt > SILENCE.toNanos())) {
      known.said = true;
      known.saidAt = now;
      known.returns = 0;
      LOG.error("Two bridges use one self = {}: each needs a URL of its own", name);
    }
  }

  /** There is no member of that name any more. */
  void forget(String name) {
    names.remove(name);
  }
}
