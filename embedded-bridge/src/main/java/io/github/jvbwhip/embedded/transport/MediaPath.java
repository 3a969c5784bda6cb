package io.github.jvbwhip.embedded.transport;

import java.net.InetSocketAddress;

/** A candidate pair that works: the socket to send from, and the address to send to. */
record MediaPath(UdpSocket socket, InetSocketAddress remote) {}
