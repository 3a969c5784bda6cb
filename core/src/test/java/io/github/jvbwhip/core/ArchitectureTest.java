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
    "java.lang..", "java.util..", "java.time..", "org.jspecify..", "org.slf4j.."
  };

  @ArchTest static final ArchRule SDP_STANDS_ALONE = dependsOnly("sdp");

  @ArchTest static final ArchRule THREADS_STAND_ALONE = dependsOnly("threads");

  @ArchTest static final ArchRule THE_PORT_STANDS_ALONE = dependsOnly("bridge");

  @ArchTest
  static final ArchRule NEGOTIATION_IS_BETWEEN_SDP_AND_THE_PORT =
      dependsOnly("negotiation", "sdp", "bridge", "codec");

  @ArchTest
  static final ArchRule THE_TABLE_OF_CODECS_KNOWS_THE_PORT_AND_RTP =
      dependsOnly("codec", "bridge", "rtp");

  @ArchTest static final ArchRule THE_STAGE_KNOWS_THE_PORT = dependsOnly("stage", "bridge");

  @ArchTest
  static final ArchRule RTP_STANDS_ALONE =
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
  static final ArchRule SESSIONS_KNOW_THE_PORT_AND_PLANS =
      noClasses()
          .that()
          .resideInAPackage(CORE + "session..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CORE + "sdp..", CORE + "rtp..");

  @ArchTest
  static final ArchRule CORE_DOES_NO_IO =
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
  static final ArchRule CORE_KNOWS_NO_SERVER_AND_NO_BRIDGE =
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
  static final ArchRule TIME_IS_AN_ARGUMENT =
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
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
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
