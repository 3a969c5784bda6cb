package io.github.jvbwhip.operator;

import io.github.jvbwhip.http.access.Action;
import io.github.jvbwhip.http.exchange.Call;
import io.github.jvbwhip.http.exchange.Reply;
import io.github.jvbwhip.http.problems.ProblemException;
import io.github.jvbwhip.http.resources.Access;
import io.github.jvbwhip.http.resources.Operation;
import io.github.jvbwhip.http.resources.Resource;
import io.github.jvbwhip.http.resources.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The URL space of the operator's API, as a table. Filled by one thread; immutable from then on.
 */
final class OperatorRouter implements Router {
  /** What a method does. */
  @FunctionalInterface
  interface Handler {
    /**
     * @param names what stands in the path where the template has braces
     */
    CompletableFuture<Reply> handle(Call call, List<String> names) throws ProblemException;
  }

  /** Finds the resource that somebody else has for it. */
  @FunctionalInterface
  interface Finder {
    Optional<Resource> find(List<String> names);
  }

  private record Method(Operation operation, Handler handler) {}

  private final Map<String, Map<String, Method>> methods = new TreeMap<>();
  private final Map<String, Finder> foreign = new TreeMap<>();

  /**
   * Adds a method.
   *
   * @param template such as {@code rooms/{room}}; empty for the root
   */
  OperatorRouter on(String template, Operation operation, Handler handler) {
    methods
        .computeIfAbsent(template, any -> new TreeMap<>())
        .put(operation.method(), new Method(operation, handler));
    return this;
  }

  /** Adds a path whose resource somebody else has. */
  OperatorRouter on(String template, Finder finder) {
    foreign.put(template, finder);
    return this;
  }

  /** All templates. */
  List<String> templates() {
    TreeSet<String> all = new TreeSet<>(methods.keySet());
    all.addAll(foreign.keySet());
    return List.copyOf(all);
  }

  @Override
  public Optional<Resource> route(List<String> segments) {
    for (Map.Entry<String, Map<String, Method>> each : methods.entrySet()) {
      Optional<List<String>> names = match(each.getKey(), segments);
      if (names.isPresent()) {
        return Optional.of(new Row(each.getValue(), names.get()));
      }
    }
    return foreign.entrySet().stream()
        .flatMap(each -> match(each.getKey(), segments).flatMap(each.getValue()::find).stream())
        .findFirst();
  }

  private static Optional<List<String>> match(String template, List<String> segments) {
    List<String> parts = template.isEmpty() ? List.of() : List.of(template.split("/", -1));
    if (parts.size() != segments.size()) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).startsWith("{")) {
        names.add(segments.get(i));
      } else if (!parts.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  /** One path. */
  private record Row(Map<String, Method> methods, List<String> names) implements Resource {
    @Override
    public Access access() {
      return Access.to(Action.OPERATE, Optional.empty(), Optional.empty());
    }

    @Override
    public List<Operation> operations() {
      return methods.values().stream().map(Method::operation).toList();
    }

    @Override
    public CompletableFuture<Reply> handle(Call call) throws ProblemException {
      Method method = methods.get(call.method());
      if (method == null) {
        throw new IllegalStateException("only methods that are there are handled");
      }
      return method.handler().handle(call, names);
    }
  }
}
