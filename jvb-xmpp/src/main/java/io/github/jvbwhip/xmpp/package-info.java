/** Publishers as participants of Jitsi Meet's rooms: XMPP and Jingle, as Jicofo speaks them. */
@NullMarked
package io.github.jvbwhip.xmpp;

import org.jspecify.annotations.NullMarked;
