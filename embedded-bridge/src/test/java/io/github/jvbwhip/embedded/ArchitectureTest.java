package io.github.jvbwhip.embedded;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.ClassCycles;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.embedded",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule classes_have_no_cycles =
      ClassCycles.noneAmongClassesOf(
          "io.github.jvbwhip.embedded", "io.github.jvbwhip.embedded.transport");

  @ArchTest
  static final ArchRule forwarding_and_transport_do_not_know_each_other =
      noClasses()
          .that()
          .resideInAPackage("io.github.jvbwhip.embedded.forward..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.jvbwhip.embedded.transport..");

  @ArchTest
  static final ArchRule transport_knows_no_rooms =
      noClasses()
          .that()
          .resideInAPackage("io.github.jvbwhip.embedded.transport..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.jvbwhip.embedded", "io.github.jvbwhip.embedded.forward..");
}
