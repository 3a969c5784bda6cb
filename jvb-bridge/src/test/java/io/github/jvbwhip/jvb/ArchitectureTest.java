package io.github.jvbwhip.jvb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.ClassCycles;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.jvb",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String JVB = "io.github.jvbwhip.jvb.";

  @ArchTest
  static final ArchRule only_one_package_touches_jitsi =
      noClasses()
          .that()
          .resideOutsideOfPackage(JVB + "videobridge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jitsi..", "org.ice4j..", "org.jivesoftware..", "org.jxmpp..", "kotlin..");

  @ArchTest
  static final ArchRule rooms_know_the_seam_only =
      noClasses()
          .that()
          .resideOutsideOfPackage(JVB + "videobridge..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JVB + "videobridge..");

  @ArchTest
  static final ArchRule the_seam_knows_no_rooms =
      noClasses()
          .that()
          .resideInAPackage(JVB + "host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.jvbwhip.jvb", JVB + "room..");

  @ArchTest
  static final ArchRule classes_are_free_of_cycles =
      ClassCycles.noneAmongClassesOf(
          "io.github.jvbwhip.jvb",
          JVB + "host",
          JVB + "linkage",
          JVB + "media",
          JVB + "room",
          JVB + "videobridge",
          JVB + "videobridge.colibri",
          JVB + "videobridge.hooks");
}
