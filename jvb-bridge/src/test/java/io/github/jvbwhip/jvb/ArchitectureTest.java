package io.github.jvbwhip.jvb;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

@AnalyzeClasses(
    packages = "io.github.jvbwhip.jvb",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ArchitectureTest {
  private static final String JVB = "io.github.jvbwhip.jvb.";

  @ArchTest
  static final ArchRule onlyOnePackageTouchesJitsi =
      noClasses()
          .that()
          .resideOutsideOfPackage(JVB + "videobridge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.jitsi..", "org.ice4j..", "org.jivesoftware..", "org.jxmpp..", "kotlin..");

  @ArchTest
  static final ArchRule roomsKnowTheSeamOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(JVB + "videobridge..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(JVB + "videobridge..");

  @ArchTest
  static final ArchRule theSeamKnowsNoRooms =
      noClasses()
          .that()
          .resideInAPackage(JVB + "host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.github.jvbwhip.jvb", JVB + "room..");

  @ArchTest
  static final ArchRule classesAreFreeOfCycles =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

  /** Classes with what is nested in them. */
  private static final class TopLevelClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return type.getPackageName().startsWith("io.github.jvbwhip.jvb")
          ? SliceIdentifier.of(type.getName().replaceFirst("\\$.*", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "top-level classes";
    }
  }
}
