package io.github.jvbwhip.soak;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The bridge's process, seen over JMX. */
final class ServerJvm implements AutoCloseable {
  private static final Pattern HISTOGRAM_LINE =
      Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+)");

  /** What its management itself runs on. */
  private static final Pattern MANAGEMENT =
      Pattern.compile("RMI .*|JMX .*|Attach Listener|Signal Dispatcher");

  private final JMXConnector connector;
  private final MBeanServerConnection connection;
  private final UnixOperatingSystemMXBean system;
  private final ThreadMXBean threads;

  private ServerJvm(JMXConnector connector) throws IOException {
    this.connector = connector;
    connection = connector.getMBeanServerConnection();
    system =
        ManagementFactory.newPlatformMXBeanProxy(
            connection,
            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
            UnixOperatingSystemMXBean.class);
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /** Attaches to it. */
  @SuppressWarnings("BanJNDI") // The address is that of this user's own process.
  static ServerJvm attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new ServerJvm(JMXConnectorFactory.connect(address));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to " + pid, e);
    }
  }

  /** Counts, after a full collection. */
  Census census() throws IOException {
    Map<String, Long> instances = new HashMap<>();
    long[] bytes = new long[1];
    histogram()
        .lines()
        .map(HISTOGRAM_LINE::matcher)
        .filter(Matcher::find)
        .forEach(
            line -> {
              instances.merge(line.group(3), Long.parseLong(line.group(1)), Long::sum);
              bytes[0] += Long.parseLong(line.group(2));
            });
    return new Census(
        instances, bytes[0], threads(), system.getOpenFileDescriptorCount(), directBytes());
  }

  /** Writes what is reachable to a file. */
  void dumpHeap(Path file) throws IOException {
    Files.deleteIfExists(file);
    ManagementFactory.newPlatformMXBeanProxy(
            connection, "com.sun.management:type=HotSpotDiagnostic", HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toAbsolutePath().toString(), true);
  }

  private Map<String, Integer> threads() {
    Map<String, Integer> names = new HashMap<>();
    for (ThreadInfo info : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (info != null && !MANAGEMENT.matcher(info.getThreadName()).matches()) {
        names.merge(
            info.getThreadName().replaceAll("@?[0-9a-f]*\\d+[0-9a-f]*", "#"), 1, Integer::sum);
      }
    }
    return names;
  }

  private long directBytes() throws IOException {
    try {
      return (Long)
          connection.getAttribute(
              new ObjectName("java.nio:type=BufferPool,name=direct"), "MemoryUsed");
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  private String histogram() throws IOException {
    try {
      return (String)
          connection.invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "gcClassHistogram",
              new Object[] {new String[0]},
              new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // It has gone before.
    }
  }
}
