package org.jitsi.nlj.util;

import java.util.List;
import java.util.Map;
import org.jitsi.nlj.format.PayloadType;
import org.jitsi.nlj.rtp.RtpExtension;

/** The numbers of an endpoint's packets. */
public interface ReadOnlyStreamInformationStore {

  List<RtpExtension> getRtpExtensions();

  Map<Byte, PayloadType> getRtpPayloadTypes();
}
