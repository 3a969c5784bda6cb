package io.github.jvbwhip.core;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;

/** A rule for classes of a package: none depends on itself by way of others. */
public final class ClassCycles implements SliceAssignment {
  private final Set<String> packages;

  private ClassCycles(Set<String> packages) {
    this.packages = packages;
  }

  /** No cycles among the classes of these packages; a class and those nested in it are one. */
  public static ArchRule noneAmongClassesOf(String... packages) {
    return slices().assignedFrom(new ClassCycles(Set.of(packages))).should().beFreeOfCycles();
  }

  @Override
  public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
    if (!packages.contains(javaClass.getPackageName())) {
      return SliceIdentifier.ignore();
    }
    JavaClass outermost = javaClass;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return SliceIdentifier.of(outermost.getName());
  }

  @Override
  public String getDescription() {
    return "classes of " + packages;
  }
}
