package io.github.jvbwhip.cluster;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.threads.NamedThreads;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.cluster",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule knows_neither_protocol_nor_a_bridge =
      classes()
          .that()
          .resideInAPackage("io.github.jvbwhip.cluster..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.cluster..",
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.core..",
              "com.fasterxml.jackson..",
              "com.typesafe.config..",
              "org.slf4j..",
              "org.jspecify..",
              "java..",
              "javax.crypto..",
              "jakarta.servlet..",
              "javax.naming..");

  @ArchTest
  static final ArchRule messages_know_nothing_of_who_decides =
      slices().matching("io.github.jvbwhip.cluster.(*)..").should().beFreeOfCycles();

  @ArchTest static final ArchRule every_thread_has_a_name = NamedThreads.noneWithoutName();
}
