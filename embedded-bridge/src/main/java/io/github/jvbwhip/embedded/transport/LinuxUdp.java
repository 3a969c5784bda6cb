package io.github.jvbwhip.embedded.transport;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A second handle on a bound UDP socket, for what Linux can and Java cannot: receive all datagrams
 * that have come at once, and send several to one address at once. Nothing is allocated by its
 * calls. {@link #receive} is for one thread, all else is thread-safe.
 */
final class LinuxUdp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinuxUdp.class);

  private static final int SOL_SOCKET = 1;
  private static final int SO_TYPE = 3;
  private static final int SOCK_DGRAM = 2;
  private static final int SHUT_RDWR = 2;
  private static final int MSG_WAITFORONE = 0x10000;

  private final int handle;
  private final boolean ipv6;
  private boolean closed;

  private LinuxUdp(int handle, boolean ipv6) {
    this.handle = handle;
    this.ipv6 = ipv6;
  }

  /** Of the one socket of this process that is bound there; null where there is no such thing. */
  static @Nullable LinuxUdp of(InetSocketAddress bound) {
    if (!Platform.isLinux()
        || !Platform.is64Bit()
        || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      return null;
    }
    try {
      String[] handles = new File("/proc/self/fd").list();
      for (String name : handles == null ? new String[0] : handles) {
        LinuxUdp found = of(Integer.parseInt(name), bound);
        if (found != null) {
          return found;
        }
      }
    } catch (RuntimeException | LinkageError e) {
      LOG.info("Datagrams are sent one by one: {}", e.toString());
    }
    return null;
  }

  private static @Nullable LinuxUdp of(int candidate, InetSocketAddress bound) {
    ByteBuffer name = NativeMemory.allocate(SocketAddresses.LENGTH);
    ByteBuffer length = NativeMemory.allocate(Integer.BYTES);
    length.putInt(0, Integer.BYTES);
    long nameAddress = NativeMemory.address(name);
    long lengthAddress = NativeMemory.address(length);
    if (Calls.getsockopt(candidate, SOL_SOCKET, SO_TYPE, nameAddress, lengthAddress) != 0
        || name.getInt(0) != SOCK_DGRAM) {
      return null;
    }
    length.putInt(0, SocketAddresses.LENGTH);
    if (Calls.getsockname(candidate, nameAddress, lengthAddress) != 0
        || !bound.equals(SocketAddresses.read(name, 0))) {
      return null;
    }
    int handle = Calls.dup(candidate);
    return handle < 0 ? null : new LinuxUdp(handle, SocketAddresses.isIpv6(name, 0));
  }

  /** Whether addresses are given to it in the form of IPv6. */
  boolean isIpv6() {
    return ipv6;
  }

  /**
   * Waits for a datagram, and takes what else has come.
   *
   * @param messages where an array of {@code mmsghdr} is
   * @return how many
   */
  int receive(long messages, int most) throws IOException {
    int count = Calls.recvmmsg(handle, messages, most, MSG_WAITFORONE, 0);
    if (count < 0) {
      throw new IOException("receiving failed with error " + Native.getLastError());
    }
    return count;
  }

  /**
   * Sends a message.
   *
   * @param message where its {@code msghdr} is
   * @return 0, or the number of the error
   */
  synchronized int send(long message) {
    if (closed) {
      return -1;
    }
    return Calls.sendmsg(handle, message, 0) < 0 ? Native.getLastError() : 0;
  }

  /** Makes {@link #receive} return, now and from now on. */
  synchronized void wakeUp() {
    if (!closed) {
      int unused = Calls.shutdown(handle, SHUT_RDWR); // Of a UDP socket it fails, and wakes up.
    }
  }

  /** Not while {@link #receive} waits. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      int unused = Calls.close(handle);
    }
  }

  /** Those of the C library. */
  private static final class Calls {
    static {
      Native.register(Calls.class, Platform.C_LIBRARY_NAME);
    }

    static native int dup(int handle);

    static native int close(int handle);

    static native int shutdown(int handle, int how);

    static native int getsockname(int handle, long address, long length);

    static native int getsockopt(int handle, int level, int option, long value, long length);

    static native int recvmmsg(int handle, long messages, int count, int flags, long timeout);

    static native int sendmsg(int handle, long message, int flags);
  }
}
