package io.github.jvbwhip.dtls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.ClassCycles;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.dtls",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  @ArchTest
  static final ArchRule classes_have_no_cycles =
      ClassCycles.noneAmongClassesOf("io.github.jvbwhip.dtls");

  @ArchTest
  static final ArchRule knows_little_else_of_ours_and_no_sockets =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.dtls..",
              "io.github.jvbwhip.core.dtls..",
              "org.bouncycastle..",
              "org.jitsi.srtp..",
              "org.jitsi.utils..",
              "org.jspecify..",
              "java.io..",
              "java.lang..",
              "java.math..",
              "java.security..",
              "java.time..",
              "java.util..");
}
