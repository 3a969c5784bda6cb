package io.github.jvbwhip.dropin;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.jvbwhip.core.WithoutTestJars;
import io.github.jvbwhip.core.threads.NamedThreads;

@AnalyzeClasses(
    packages = {"io.github.jvbwhip.dropin", "io.github.jvbwhip.jvb"},
    importOptions = {ImportOption.DoNotIncludeTests.class, WithoutTestJars.class})
class ArchitectureTest {
  @ArchTest static final ArchRule every_thread_has_a_name = NamedThreads.noneWithoutName();
}
