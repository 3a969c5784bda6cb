package io.github.jvbwhip.xmpp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.ClassCycles;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.xmpp",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String JVB = "io.github.jvbwhip.jvb.";

  @ArchTest
  static final ArchRule meetings_know_the_seam_and_its_stanzas_only =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.github.jvbwhip.jvb",
              JVB + "room..",
              JVB + "videobridge",
              JVB + "videobridge.hooks..",
              "org.jitsi.videobridge..",
              "io.github.jvbwhip.http..");

  @ArchTest
  static final ArchRule classes_are_free_of_cycles =
      ClassCycles.noneAmongClassesOf("io.github.jvbwhip.xmpp");
}
