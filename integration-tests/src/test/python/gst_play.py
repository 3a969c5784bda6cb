"""Plays and decodes with webrtcbin, and counts: gst_play.py <WHEP endpoint> <vp8|h264>."""

import sys
import zlib

from gst_common import Gst, GstWebRTC, Session, say

CAPS = {
    "vp8": "application/x-rtp,media=video,encoding-name=VP8,payload=96,clock-rate=90000,"
    "rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
    "h264": "application/x-rtp,media=video,encoding-name=H264,payload=96,clock-rate=90000,"
    "packetization-mode=(string)1,profile-level-id=(string)42e01f,"
    "rtcp-fb-nack=true,rtcp-fb-nack-pli=true",
}
AUDIO_CAPS = (
    "application/x-rtp,media=audio,encoding-name=OPUS,payload=111,clock-rate=48000,"
    "encoding-params=(string)2"
)


class Player:
    def __init__(self, endpoint, codec):
        self.frames = self.changes = self.sounds = self.checksum = 0
        self.pipeline = Gst.Pipeline.new()
        self.pipeline.add(Gst.parse_launch("webrtcbin name=webrtc bundle-policy=max-bundle"))
        self.session = Session(self.pipeline, endpoint)
        webrtc = self.session.webrtc
        webrtc.connect("pad-added", self._pad_added)
        for caps in (AUDIO_CAPS, CAPS[codec]):
            transceiver = webrtc.emit(
                "add-transceiver",
                GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY,
                Gst.Caps.from_string(caps),
            )
            transceiver.set_property("do-nack", True)

    def _pad_added(self, _element, pad):
        if pad.direction != Gst.PadDirection.SRC:
            return
        is_video = pad.get_current_caps().get_structure(0).get_string("media") == "video"
        convert = "videoconvert ! video/x-raw,format=I420" if is_video else "audioconvert"
        branch = Gst.parse_bin_from_description(
            f"queue name=in ! decodebin ! {convert} "
            "! fakesink name=out sync=false signal-handoffs=true",
            False,
        )
        branch.add_pad(Gst.GhostPad.new("sink", branch.get_by_name("in").get_static_pad("sink")))
        self.pipeline.add(branch)
        branch.sync_state_with_parent()
        out = branch.get_by_name("out")
        out.connect("handoff", self._picture if is_video else self._sound)
        pad.link(branch.get_static_pad("sink"))

    def _picture(self, _sink, buffer, pad):
        structure = pad.get_current_caps().get_structure(0)
        checksum = zlib.crc32(buffer.extract_dup(0, buffer.get_size()))
        self.frames += 1
        self.changes += checksum != self.checksum
        self.checksum = checksum
        say("size", f"{structure.get_value('width')}x{structure.get_value('height')}")
        say("changes", self.changes)
        say("frames", self.frames)

    def _sound(self, *_):
        self.sounds += 1
        say("sounds", self.sounds)


Gst.init(None)
Player(*sys.argv[1:]).session.run()
