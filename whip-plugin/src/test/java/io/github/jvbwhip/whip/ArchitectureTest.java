package io.github.jvbwhip.whip;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule knows_no_bridge_no_jitsi_and_no_server =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.whip..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.whip..",
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "jakarta.servlet..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");
}
