package io.github.jvbwhip.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.WithoutTestJars;
import io.github.jvbwhip.core.threads.NamedThreads;

@AnalyzeClasses(
    packages = "io.github.jvbwhip",
    importOptions = {ImportOption.DoNotIncludeTests.class, WithoutTestJars.class})
class ArchitectureTest {
  @ArchTest static final ArchRule every_thread_has_a_name = NamedThreads.noneWithoutName();

  @ArchTest
  static final ArchRule only_this_composition_root_knows_the_embedded_bridge =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.github.jvbwhip.standalone..", "io.github.jvbwhip.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.jvbwhip.embedded..");

  @ArchTest
  static final ArchRule nobody_depends_on_a_composition_root =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.github.jvbwhip.standalone..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.github.jvbwhip.standalone..");

  @ArchTest
  static final ArchRule the_embedded_bridge_knows_no_http =
      noClasses()
          .that()
          .resideInAPackage("io.github.jvbwhip.embedded..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.http..",
              "io.github.jvbwhip.whip..",
              "io.github.jvbwhip.whep..",
              "io.github.jvbwhip.core.sdp..",
              "jakarta.servlet..",
              "org.eclipse.jetty..");
}
