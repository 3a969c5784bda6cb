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
  static final ArchRule event_streams_know_servlets_and_how_threads_are_made =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.http.sse..",
              "io.github.jvbwhip.core.threads..",
              "jakarta.servlet..",
              "org.slf4j..",
              "org.jspecify..",
              "java..");
}
