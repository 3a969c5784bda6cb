package io.github.jvbwhip.conformance.checks;

import io.github.jvbwhip.conformance.Level;
import io.github.jvbwhip.conformance.Requirement;
import io.github.jvbwhip.conformance.checks.Check.Procedure;
import io.github.jvbwhip.conformance.client.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Collects the checks of one group. */
final class CheckList {
  private final Protocol protocol;
  private final String group;
  private final List<Check> checks = new ArrayList<>();

  CheckList(Protocol protocol, String group) {
    this.protocol = protocol;
    this.group = protocol + " " + group;
  }

  CheckList must(String id, String section, String sentence, Procedure procedure) {
    return add(id, section, Level.MUST, sentence, procedure);
  }

  CheckList should(String id, String section, String sentence, Procedure procedure) {
    return add(id, section, Level.SHOULD, sentence, procedure);
  }

  CheckList may(String id, String section, String sentence, Procedure procedure) {
    return add(id, section, Level.MAY, sentence, procedure);
  }

  private CheckList add(
      String id, String section, Level level, String sentence, Procedure procedure) {
    String fullId = protocol.prefix() + "-" + id;
    Requirement requirement = new Requirement(fullId, group, section, level, sentence);
    checks.add(new Check(requirement, protocol, procedure));
    return this;
  }

  List<Check> done() {
    return List.copyOf(checks);
  }
}
