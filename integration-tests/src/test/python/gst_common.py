"""What the GStreamer clients share: WHIP and WHEP signalling, reports, the end."""

import os
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402


def say(key, value):
    """Reports one line to the test, in one piece: several threads report."""
    os.write(1, f"@{key} {value}\n".encode())


def request(method, url, body=None, headers=None):
    """An HTTP request: status, fields and body, whatever the status is."""
    data = body.encode() if body is not None else None
    prepared = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(prepared, timeout=10) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


class Session:
    """One webrtcbin with one WHIP or WHEP session: POST with all candidates, DELETE at the end."""

    def __init__(self, pipeline, endpoint):
        self.pipeline = pipeline
        self.endpoint = endpoint
        self.location = None
        self.webrtc = pipeline.get_by_name("webrtc")
        self.loop = GLib.MainLoop()
        self.webrtc.connect("on-negotiation-needed", self._negotiate)
        self.webrtc.connect("notify::ice-gathering-state", self._gathered)
        self.webrtc.connect("notify::connection-state", self._changed)
        bus = pipeline.get_bus()
        bus.add_signal_watch()
        bus.connect("message::error", self._failed)

    def run(self):
        """Plays until the standard input ends."""
        threading.Thread(target=self._wait_for_end, daemon=True).start()
        self.pipeline.set_state(Gst.State.PLAYING)
        self.loop.run()
        if self.location:
            status, _, _ = request("DELETE", self.location)
            say("deleted", status)
        self.pipeline.set_state(Gst.State.NULL)

    def _wait_for_end(self):
        sys.stdin.read()
        GLib.idle_add(self.loop.quit)

    def _failed(self, _bus, message):
        error, debug = message.parse_error()
        print(error, debug, file=sys.stderr)
        sys.stderr.flush()
        self.loop.quit()

    def _negotiate(self, element):
        def created(promise, *_):
            reply = promise.get_reply()  # held: what get_value returns is a part of it
            offer = reply.get_value("offer")
            element.emit("set-local-description", offer, Gst.Promise.new())

        element.emit("create-offer", None, Gst.Promise.new_with_change_func(created))

    def _gathered(self, element, _parameter):
        if element.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self._post)

    def _post(self):
        description = self.webrtc.get_property("local-description")
        offer = description.sdp.as_text()
        status, headers, body = request(
            "POST", self.endpoint, offer, {"Content-Type": "application/sdp"}
        )
        say("status", status)
        if status != 201 or headers["Content-Type"] != "application/sdp" or not body.startswith("v=0\r\n"):
            print(status, headers, body, file=sys.stderr)
            self.loop.quit()
            return False
        self.location = urllib.parse.urljoin(self.endpoint, headers["Location"])
        _, message = GstSdp.SDPMessage.new_from_text(body)
        answer = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, message)
        self.webrtc.emit("set-remote-description", answer, Gst.Promise.new())
        return False

    def _changed(self, element, _parameter):
        say("state", element.get_property("connection-state").value_nick)
