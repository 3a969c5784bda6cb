package io.github.jvbwhip.http.sse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.http.sse",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class SseArchitectureTest {
  @ArchTest
  static final ArchRule event_streams_know_servlets_and_nothing_else_of_ours =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.http.sse..",
              "jakarta.servlet..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");
}
