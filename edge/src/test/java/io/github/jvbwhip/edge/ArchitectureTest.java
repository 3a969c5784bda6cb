package io.github.jvbwhip.edge;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.edge",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule knows_neither_a_plugin_nor_a_bridge_but_the_port =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.edge..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.edge..",
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");
}
