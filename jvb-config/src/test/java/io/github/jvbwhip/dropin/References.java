package io.github.jvbwhip.dropin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What the classes of a jar refer to in other jars: classes, methods and fields. */
final class References {
  /**
   * A member, or a class where name and descriptor are empty.
   *
   * @param owner the class, with dots
   */
  record Reference(String owner, String name, String descriptor) implements Comparable<Reference> {
    @Override
    public String toString() {
      return name.isEmpty() ? owner : owner + "." + name + " " + descriptor;
    }

    @Override
    public int compareTo(Reference other) {
      return toString().compareTo(other.toString());
    }
  }

  private final String own;
  private final Set<Reference> found = new TreeSet<>();

  private References(String own) {
    this.own = own;
  }

  /** Those of all classes of that jar, without Java's and those to {@code own} (with slashes). */
  static Set<Reference> of(Path jar, String own) throws IOException {
    References references = new References(own);
    try (JarFile file = new JarFile(jar.toFile())) {
      file.stream()
          .filter(entry -> entry.getName().endsWith(".class"))
          .filter(entry -> !entry.getName().startsWith("META-INF/"))
          .forEach(entry -> references.read(file, entry));
    }
    return references.found;
  }

  private void read(JarFile file, ZipEntry entry) {
    try (InputStream in = file.getInputStream(entry)) {
      new ClassReader(in).accept(new Classes(), ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String owner, String name, String descriptor) {
    if (!owner.startsWith("[") && !owner.startsWith("java/") && !owner.startsWith(own)) {
      found.add(new Reference(owner.replace('/', '.'), name, descriptor));
    }
  }

  private void addType(Type type) {
    if (type.getSort() == Type.ARRAY) {
      addType(type.getElementType());
    } else if (type.getSort() == Type.OBJECT) {
      add(type.getInternalName(), "", "");
    } else if (type.getSort() == Type.METHOD) {
      addType(type.getReturnType());
      for (Type argument : type.getArgumentTypes()) {
        addType(argument);
      }
    }
  }

  private final class Classes extends ClassVisitor {
    Classes() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visit(
        int version,
        int access,
        String name,
        String signature,
        String parent,
        String[] interfaces) {
      add(parent, "", "");
      for (String each : interfaces) {
        add(each, "", "");
      }
    }

    @Override
    public FieldVisitor visitField(
        int access, String name, String descriptor, String signature, Object value) {
      addType(Type.getType(descriptor));
      return null;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      addType(Type.getMethodType(descriptor));
      return new Code();
    }
  }

  private final class Code extends MethodVisitor {
    Code() {
      super(Opcodes.ASM9);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      addType(Type.getObjectType(type));
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      add(owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      add(owner, name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(
        String name, String descriptor, Handle bootstrap, Object... arguments) {
      addType(Type.getMethodType(descriptor));
      for (Object argument : arguments) {
        constant(argument);
      }
    }

    @Override
    public void visitLdcInsn(Object value) {
      constant(value);
    }

    private void constant(Object value) {
      if (value instanceof Handle handle) {
        add(handle.getOwner(), handle.getName(), handle.getDesc());
      } else if (value instanceof Type type) {
        addType(type);
      }
    }
  }
}
