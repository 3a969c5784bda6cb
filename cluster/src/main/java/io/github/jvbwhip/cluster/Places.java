package io.github.jvbwhip.cluster;

import io.github.jvbwhip.cluster.wire.Calls;
import io.github.jvbwhip.cluster.wire.Hello;
import io.github.jvbwhip.http.access.OtherServer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The URLs at which members may be, and the names of those that are. Confined to the loop. */
final class Places {
  private static final Logger LOG = LoggerFactory.getLogger(Places.class);

  private final String self;
  private final Loop loop;
  private final Calls calls;
  private final BiConsumer<String, Hello> answers;
  private final Consumer<Optional<String>> greeted;

  /** With the names of those that were found there; empty while unknown. */
  private final Map<String, Optional<String>> places = new TreeMap<>();

  private final Set<String> untried = new HashSet<>();

  /**
   * @param self the name of this member
   * @param answers hears of each answer, and at which URL it was given
   * @param greeted hears each time who has answered, if it is another one
   */
  Places(
      String self,
      Loop loop,
      Calls calls,
      BiConsumer<String, Hello> answers,
      Consumer<Optional<String>> greeted) {
    this.self = self;
    this.loop = loop;
    this.calls = calls;
    this.answers = answers;
    this.greeted = greeted;
  }

  /** These they are from now on. */
  void look(Collection<String> urls) {
    places.keySet().retainAll(urls);
    untried.retainAll(urls);
    for (String url : urls) {
      if (!url.equals(self) && places.putIfAbsent(url, Optional.empty()) == null) {
        untried.add(url);
        greet(url);
      }
    }
  }

  /** Whether each has been asked once. */
  boolean areTried() {
    return untried.isEmpty();
  }

  /** Whether a member of that name was found. */
  boolean have(String name) {
    return places.containsValue(Optional.of(name));
  }

  /** Asks where nobody is known to be who is alive. */
  void greetUnknown(Predicate<String> isAlive) {
    for (String url : List.copyOf(places.keySet())) {
      Optional<String> name = places.getOrDefault(url, Optional.empty());
      if (name.filter(who -> who.equals(self) || isAlive.test(who)).isEmpty()) {
        greet(url);
      }
    }
  }

  private void greet(String url) {
    var unused =
        calls
            .hello(url)
            .whenComplete((hello, failure) -> loop.execute(() -> greeted(url, hello, failure)));
  }

  private void greeted(String url, @Nullable Hello hello, @Nullable Throwable failure) {
    Optional<String> name = Optional.ofNullable(hello).map(Hello::self);
    if (name.isEmpty() && untried.contains(url)) {
      String reason = failure == null ? "no answer" : OtherServer.reason(failure);
      LOG.warn("No member answers at {} yet: {}", url, reason);
    }
    untried.remove(url);
    if (hello != null) {
      answers.accept(url, hello);
    }
    if (name.isPresent()) {
      places.replace(url, name);
    }
    greeted.accept(name.filter(who -> !who.equals(self) && places.containsKey(url)));
  }
}
