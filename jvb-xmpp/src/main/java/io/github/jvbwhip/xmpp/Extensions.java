package io.github.jvbwhip.xmpp;

import org.jitsi.xmpp.extensions.DefaultPacketExtensionProvider;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.JingleIQProvider;
import org.jitsi.xmpp.extensions.jitsimeet.BridgeSessionPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.JsonMessageExtension;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteVideoIqProvider;
import org.jitsi.xmpp.extensions.jitsimeet.StartMutedProvider;
import org.jivesoftware.smack.SmackConfiguration;
import org.jivesoftware.smack.provider.ProviderManager;

/** What XMPP stanzas can be read. The registry is the process's; to register twice does no harm. */
final class Extensions {
  private Extensions() {}

  static void register() {
    SmackConfiguration.getVersion(); // Its own come first.
    ProviderManager.addIQProvider(
        ConferenceIq.ELEMENT, ConferenceIq.NAMESPACE, new ConferenceIqProvider());
    ProviderManager.addIQProvider(JingleIQ.ELEMENT, JingleIQ.NAMESPACE, new JingleIQProvider());
    ProviderManager.addIQProvider(MuteIq.ELEMENT, MuteIq.NAMESPACE, new MuteIqProvider());
    ProviderManager.addIQProvider(
        MuteVideoIq.ELEMENT, MuteVideoIq.NAMESPACE, new MuteVideoIqProvider());
    ProviderManager.addExtensionProvider(
        JsonMessageExtension.ELEMENT,
        JsonMessageExtension.NAMESPACE,
        new DefaultPacketExtensionProvider<>(JsonMessageExtension.class));
    StartMutedProvider.registerStartMutedProvider();
    ProviderManager.addExtensionProvider(
        BridgeSessionPacketExtension.ELEMENT,
        BridgeSessionPacketExtension.NAMESPACE,
        new DefaultPacketExtensionProvider<>(BridgeSessionPacketExtension.class));
  }
}
