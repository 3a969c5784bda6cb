package io.github.jvbwhip.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;

/** Who may depend on whom inside core, and that core does no I/O. */
@AnalyzeClasses(packages = "io.github.jvbwhip.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String CORE = "io.github.jvbwhip.core.";

  /** What any package may use: the language, its collections, annotations, the logging façade. */
  private static final String[] PLAIN = {
    "java.lang..", "java.text..", "java.util..", "java.time..", "org.jspecify..", "org.slf4j.."
  };

  @ArchTest static final ArchRule sdp_stands_alone = dependsOnly("sdp");

  @ArchTest static final ArchRule threads_stand_alone = dependsOnly("threads");

  @ArchTest static final ArchRule the_port_stands_alone = dependsOnly("bridge");

  @ArchTest static final ArchRule metrics_know_the_port = dependsOnly("metrics", "bridge");

  @ArchTest
  static final ArchRule negotiation_is_between_sdp_and_the_port =
      dependsOnly("negotiation", "sdp", "bridge", "codec");

  @ArchTest
  static final ArchRule the_table_of_codecs_knows_the_port_and_rtp =
      dependsOnly("codec", "bridge", "rtp");

  @ArchTest static final ArchRule the_stage_knows_the_port = dependsOnly("stage", "bridge");

  @ArchTest
  static final ArchRule rtp_stands_alone =
      noClasses()
          .that()
          .resideInAPackage(CORE + "rtp..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              CORE + "sdp..",
              CORE + "bridge..",
              CORE + "codec..",
              CORE + "negotiation..",
              CORE + "session..",
              CORE + "stage..");

  @ArchTest
  static final ArchRule sessions_know_the_port_and_plans =
      noClasses()
          .that()
          .resideInAPackage(CORE + "session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + "sdp..", CORE + "rtp..");

  @ArchTest
  static final ArchRule core_does_no_io =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "java.nio.file..",
              "java.nio.channels..",
              "javax.net..",
              "java.net.http..");

  @ArchTest
  static final ArchRule core_knows_no_server_and_no_bridge =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta..",
              "org.eclipse.jetty..",
              "org.jitsi..",
              "org.ice4j..",
              "org.jivesoftware..",
              "org.bouncycastle..",
              "com.typesafe..",
              "com.fasterxml..",
              "kotlin..");

  @ArchTest
  static final ArchRule time_is_an_argument =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching(CORE + "(*)..").should().beFreeOfCycles();

  private static ArchRule dependsOnly(String name, String... others) {
    String[] allowed = new String[PLAIN.length + others.length + 1];
    System.arraycopy(PLAIN, 0, allowed, 0, PLAIN.length);
    for (int i = 0; i < others.length; i++) {
      allowed[PLAIN.length + i] = CORE + others[i] + "..";
    }
    allowed[allowed.length - 1] = CORE + name + "..";
    return classes()
        .that()
        .resideInAPackage(CORE + name + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
