/** What users download, installed and started as they do it. */
package io.github.jvbwhip.packaging;
