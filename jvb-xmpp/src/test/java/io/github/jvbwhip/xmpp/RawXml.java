package io.github.jvbwhip.xmpp;

import org.jivesoftware.smack.packet.Nonza;
import org.jivesoftware.smack.packet.XmlEnvironment;

/** What Smack would not write. */
record RawXml(String xml) implements Nonza {
  @Override
  public String getNamespace() {
    return "jabber:client";
  }

  @Override
  public String getElementName() {
    return "raw";
  }

  @Override
  public CharSequence toXML(XmlEnvironment environment) {
    return xml;
  }
}
