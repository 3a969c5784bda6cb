package io.github.jvbwhip.embedded.forward;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** What forwards is a tree of classes, from the room down: each can be read without those above. */
@AnalyzeClasses(
    packages = "io.github.jvbwhip.embedded.forward",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ForwardingArchitectureTest {
  @ArchTest
  static final ArchRule classes_have_no_cycles =
      slices().assignedFrom(new TopLevelClasses()).should().beFreeOfCycles();

  /** A class and what is nested in it are one. */
  private static final class TopLevelClasses implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      JavaClass outer = javaClass;
      while (outer.getEnclosingClass().isPresent()) {
        outer = outer.getEnclosingClass().get();
      }
      return outer.getPackageName().equals(ForwardingArchitectureTest.class.getPackageName())
          ? SliceIdentifier.of(outer.getName())
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "classes of the package";
    }
  }
}
