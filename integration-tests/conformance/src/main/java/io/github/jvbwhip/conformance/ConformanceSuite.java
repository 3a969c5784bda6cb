package io.github.jvbwhip.conformance;

import io.github.jvbwhip.conformance.Result.Status;
import io.github.jvbwhip.conformance.checks.AllChecks;
import io.github.jvbwhip.conformance.checks.Check;
import io.github.jvbwhip.conformance.client.HttpCaller;
import io.github.jvbwhip.conformance.client.Lab;
import io.github.jvbwhip.conformance.client.NotApplicable;
import io.github.jvbwhip.conformance.client.Protocol;
import io.github.jvbwhip.conformance.client.Studio;
import io.github.jvbwhip.conformance.client.Unmet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Runs the checks against a server, one after the other. */
public final class ConformanceSuite {
  private ConformanceSuite() {}

  /** What is checked, in that order. */
  public static List<Requirement> requirements() {
    return AllChecks.list().stream().map(Check::requirement).toList();
  }

  /**
   * What keeps a client from an endpoint of the target, in words; empty when both can be reached. A
   * server that answers anything can be.
   */
  public static Optional<String> unreachable(Target target) {
    for (Protocol protocol : Protocol.values()) {
      Optional<URI> endpoint = target.endpoint(protocol);
      if (endpoint.isPresent()) {
        HttpCaller caller = new HttpCaller(Optional.empty(), target.timeout());
        Optional<String> reason = caller.noConnection(endpoint.get());
        if (reason.isPresent()) {
          return Optional.of(endpoint.get() + " cannot be reached: " + reason.get() + ".");
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Runs the checks of the endpoints that the target has.
   *
   * @param wanted which of them
   * @param progress is told each result at once
   */
  public static List<Result> run(
      Target target, Predicate<Requirement> wanted, Consumer<Result> progress) {
    HttpCaller whip = new HttpCaller(target.token(Protocol.WHIP), target.timeout());
    HttpCaller whep = new HttpCaller(target.token(Protocol.WHEP), target.timeout());
    List<Result> results = new ArrayList<>();
    try (Studio studio = new Studio(target, whip)) {
      for (Check check : AllChecks.list()) {
        if (target.endpoint(check.protocol()).isPresent() && wanted.test(check.requirement())) {
          Protocol protocol = check.protocol();
          Lab lab = new Lab(target, protocol, protocol == Protocol.WHIP ? whip : whep, studio);
          Result result = run(check, lab);
          results.add(result);
          progress.accept(result);
        }
      }
    }
    return results;
  }

  private static Result run(Check check, Lab lab) {
    long start = System.nanoTime();
    Status status = Status.PASS;
    String detail = "";
    try (lab) {
      check.procedure().run(lab);
    } catch (NotApplicable e) {
      status = Status.SKIPPED;
      detail = String.valueOf(e.getMessage());
    } catch (Unmet | AssertionError e) {
      // The peers tell with an AssertionError what they waited for in vain.
      status = Status.FAIL;
      detail = String.valueOf(e.getMessage());
    } catch (RuntimeException e) {
      // Whatever a server answers, the other checks go on.
      status = Status.FAIL;
      detail = "the response could not be used: " + e;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Result(check.requirement(), status, detail, took);
  }
}
