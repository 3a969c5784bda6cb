package io.github.jvbwhip.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule depends_on_core_servlets_and_little_else =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.http..")
          .and()
          .resideOutsideOfPackages(
              "io.github.jvbwhip.http.server..", "io.github.jvbwhip.http.access.jwt..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "jakarta.servlet..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..",
              "javax.crypto..");

  @ArchTest
  static final ArchRule tokens_are_one_packages_business =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.jvbwhip.http.access.jwt..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.nimbusds..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.github.jvbwhip.http.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule configuration_knows_no_servlet =
      noClasses()
          .that()
          .resideInAPackage("io.github.jvbwhip.http.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.servlet..");
}
