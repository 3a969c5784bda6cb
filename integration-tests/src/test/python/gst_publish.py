"""Publishes a test pattern and a tone with webrtcbin.

gst_publish.py <WHIP endpoint> <vp8|h264|h264-b|h264-told>: h264-b has B-frames, the last one tells its parameter
sets in the offer alone.
"""

import sys

from gst_common import Gst, Session, say

VIDEO = {
    "vp8": "vp8enc deadline=1 cpu-used=8 target-bitrate=600000 keyframe-max-dist=60 "
    "! rtpvp8pay picture-id-mode=15-bit "
    "! application/x-rtp,media=video,encoding-name=VP8,payload=96",
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=600 key-int-max=25 "
    "! video/x-h264,profile=constrained-baseline "
    "! rtph264pay config-interval=-1 aggregate-mode=zero-latency "
    "! application/x-rtp,media=video,encoding-name=H264,payload=96",
    "h264-b": "x264enc bframes=2 b-adapt=false speed-preset=ultrafast bitrate=600 key-int-max=25 "
    "! video/x-h264,profile=main "
    "! rtph264pay config-interval=-1 aggregate-mode=zero-latency "
    "! application/x-rtp,media=video,encoding-name=H264,payload=96",
    "h264-told": "x264enc tune=zerolatency speed-preset=ultrafast bitrate=600 key-int-max=25 "
    "! video/x-h264,profile=constrained-baseline,stream-format=avc "
    "! rtph264pay config-interval=0 aggregate-mode=zero-latency "
    "! application/x-rtp,media=video,encoding-name=H264,payload=96",
}


def main(endpoint, codec):
    Gst.init(None)
    pipeline = Gst.parse_launch(
        "webrtcbin name=webrtc bundle-policy=max-bundle "
        "audiotestsrc is-live=true wave=sine ! audioconvert ! audioresample "
        "! opusenc ! rtpopuspay "
        "! application/x-rtp,media=audio,encoding-name=OPUS,payload=100 ! webrtc. "
        "videotestsrc is-live=true pattern=ball ! video/x-raw,width=640,height=360,framerate=25/1 "
        f"! identity name=count signal-handoffs=true ! {VIDEO[codec]} ! webrtc."
    )
    frames = 0

    def handed_on(_element, _buffer):
        nonlocal frames
        frames += 1
        say("frames", frames)

    pipeline.get_by_name("count").connect("handoff", handed_on)
    Session(pipeline, endpoint).run()


main(*sys.argv[1:])
