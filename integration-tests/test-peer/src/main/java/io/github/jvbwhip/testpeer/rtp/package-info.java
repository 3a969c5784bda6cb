/** RTP and RTCP packets as the test peer writes and reads them. */
@NullMarked
package io.github.jvbwhip.testpeer.rtp;

import org.jspecify.annotations.NullMarked;
