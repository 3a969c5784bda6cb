package io.github.jvbwhip.benchmarks.process;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
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

/** Another Java process of this machine and user, seen over JMX. Thread-safe. */
public final class Jvm implements AutoCloseable {
  private static final Pattern HISTOGRAM_LINE =
      Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

  /** What its management itself runs on. */
  private static final Pattern MANAGEMENT = Pattern.compile("RMI .*|JMX .*|Attach Listener");

  private final JMXConnector connector;
  private final MBeanServerConnection connection;
  private final OperatingSystemMXBean system;
  private final ThreadMXBean threads;

  private final long pid;

  private Jvm(long pid, JMXConnector connector) throws IOException {
    this.pid = pid;
    this.connector = connector;
    connection = connector.getMBeanServerConnection();
    system =
        ManagementFactory.newPlatformMXBeanProxy(
            connection,
            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
            OperatingSystemMXBean.class);
    threads =
        ManagementFactory.newPlatformMXBeanProxy(
            connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
  }

  /**
   * Attaches to it.
   *
   * @throws IOException when it is none, or does not let this process attach
   */
  @SuppressWarnings("BanJNDI") // The address is that of this user's own process.
  public static Jvm attach(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        return new Jvm(pid, JMXConnectorFactory.connect(address));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to " + pid, e);
    }
  }

  /** Its process id. */
  public long pid() {
    return pid;
  }

  /** The processor time of all of it, in nanoseconds; exact to 10 ms. */
  public long processorNanos() {
    return system.getProcessCpuTime();
  }

  /**
   * What a thread has used since it began.
   *
   * @param processorNanos of processor time
   * @param allocatedBytes on the heap
   */
  public record Use(String thread, long processorNanos, long allocatedBytes) {}

  /** What each live Java thread has used, by thread id, but for those of its management. */
  public Map<Long, Use> threads() {
    long[] ids = threads.getAllThreadIds();
    ThreadInfo[] infos = threads.getThreadInfo(ids);
    long[] nanos = threads.getThreadCpuTime(ids);
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Use> all = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      ThreadInfo info = infos[i];
      if (info != null && nanos[i] >= 0 && !MANAGEMENT.matcher(info.getThreadName()).matches()) {
        all.put(ids[i], new Use(info.getThreadName(), nanos[i], bytes[i]));
      }
    }
    return all;
  }

  /** The number of live threads. */
  public int threadCount() {
    return threads.getThreadCount();
  }

  /**
   * What is reachable in its heap, in bytes by class name, after a full collection.
   *
   * @throws IOException when it does not tell
   */
  public Map<String, Long> liveBytes() throws IOException {
    try {
      String text = histogram();
      Map<String, Long> bytes = new HashMap<>();
      text.lines()
          .forEach(
              line -> {
                Matcher matcher = HISTOGRAM_LINE.matcher(line);
                if (matcher.find()) {
                  bytes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
                }
              });
      return bytes;
    } catch (JMException e) {
      throw new IOException(e);
    }
  }

  private String histogram() throws IOException, JMException {
    return (String)
        connection.invoke(
            new ObjectName("com.sun.management:type=DiagnosticCommand"),
            "gcClassHistogram",
            new Object[] {new String[0]},
            new String[] {String[].class.getName()});
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
