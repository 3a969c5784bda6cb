package io.github.jvbwhip.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.operator",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule knows_neither_protocol_nor_a_bridge =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.operator..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.operator..",
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");

  @ArchTest
  static final ArchRule endpoints_know_nothing_of_sessions =
      slices().matching("io.github.jvbwhip.operator.(*)..").should().beFreeOfCycles();
}
