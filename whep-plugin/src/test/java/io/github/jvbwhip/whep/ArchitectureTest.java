package io.github.jvbwhip.whep;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule depends_on_core_http_and_little_else =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.whep..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.whep..",
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "jakarta.servlet..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");

  @ArchTest
  static final ArchRule events_know_neither_requests_nor_descriptions =
      noClasses()
          .that()
          .resideInAPackage("io.github.jvbwhip.whep.events..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.whep",
              "io.github.jvbwhip.http",
              "io.github.jvbwhip.core.sdp..",
              "io.github.jvbwhip.core.negotiation..",
              "jakarta.servlet..");
}
