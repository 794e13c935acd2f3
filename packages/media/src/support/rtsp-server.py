"""A real RTSP server for tests and benchmarks: GStreamer's, playing files of access units round and round.

Takes a JSON object as its argument: streams [{path, file, codec, frameRate, stopAfter, live, startAt, marks}], user,
password, port. Prints the port it listens on, then a JSON object a line {path, frame, at} for each mark, and ends when
its standard input does.
"""

import json
import struct
import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

Gst.init(None)
settings = json.loads(sys.argv[1])


def read_units(path):
    """Each unit: its length (uint32, big endian), then a picture in the byte-stream format."""
    with open(path, "rb") as file:
        data = file.read()
    units, at = [], 0
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        units.append(data[at + 4 : at + 4 + length])
        at += 4 + length
    return units


def first_key(units, at):
    """The next picture that decoding may begin with: parameter sets (type 7) go before each."""
    for number in range(at, at + len(units)):
        unit = units[number % len(units)]
        if unit[4 if unit[2] == 0 else 3] & 31 == 7:
            return number % len(units)
    return 0


class LoopedFile(GstRtspServer.RTSPMediaFactory):
    def __init__(self, stream):
        super().__init__()
        self.units = read_units(stream["file"])
        self.step = int(Gst.SECOND / stream["frameRate"])
        self.stop_after = stream.get("stopAfter")
        self.path = stream["path"]
        self.live = stream.get("live", False)
        self.first = first_key(self.units, stream["startAt"]) if stream.get("startAt") else 0
        self.marks = set(stream.get("marks", []))
        codec = stream.get("codec", "h264")
        caps = f"video/x-{codec},stream-format=byte-stream,alignment=au"
        self.set_launch(
            f"( appsrc name=source is-live=true format=time max-bytes=400000 caps={caps}"
            # The units hold their parameter sets. Those that GStreamer would add come before each slice of a key frame,
            # and a receiver then takes its slices for two pictures.
            f" ! rtp{codec}pay name=pay0 pt=96 config-interval=0 )"
        )
        self.set_shared(True)
        self.set_latency(0)

    def do_configure(self, media):
        source = media.get_element().get_child_by_name("source")
        if not self.live:
            source.connect("need-data", self.push, {"next": 0})
            return
        source.set_property("do-timestamp", True)
        state = {"next": 0, "begun": None, "ended": False}
        source.connect("need-data", self.begin, state)
        media.connect("unprepared", self.end, state)

    def begin(self, source, _length, state):
        """Somebody looks: from now on a picture comes whenever its time has come, as out of a camera."""
        if state["begun"] is None:
            state["begun"] = time.monotonic()
            GLib.idle_add(self.tick, source, state)

    def end(self, _media, state):
        state["ended"] = True

    def tick(self, source, state):
        step = self.step / Gst.SECOND
        while not state["ended"] and state["begun"] + state["next"] * step <= time.monotonic():
            number = (self.first + state["next"]) % len(self.units)
            state["next"] += 1
            if number in self.marks:
                mark = {"path": self.path, "frame": number, "at": time.time() * 1000}
                print(json.dumps(mark), flush=True)
            source.emit("push-buffer", Gst.Buffer.new_wrapped(self.units[number]))
        if not state["ended"]:
            wait = state["begun"] + state["next"] * step - time.monotonic()
            GLib.timeout_add(max(1, int(wait * 1000)), self.tick, source, state)
        return False

    def push(self, source, _length, state):
        number = state["next"]
        if self.stop_after is not None and number >= self.stop_after:
            return
        state["next"] = number + 1
        buffer = Gst.Buffer.new_wrapped(self.units[number % len(self.units)])
        buffer.pts = buffer.dts = number * self.step
        buffer.duration = self.step
        source.emit("push-buffer", buffer)


server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(str(settings.get("port", 0)))

if settings.get("user"):
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "viewer")
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(settings["user"], settings["password"], token)
    server.set_auth(auth)

for stream in settings["streams"]:
    factory = LoopedFile(stream)
    if settings.get("user"):
        permissions = GstRtspServer.RTSPPermissions()
        permissions.add_permission_for_role("viewer", "media.factory.access", True)
        permissions.add_permission_for_role("viewer", "media.factory.construct", True)
        factory.set_permissions(permissions)
    server.get_mount_points().add_factory(stream["path"], factory)

server.attach(None)
print(server.get_bound_port(), flush=True)

loop = GLib.MainLoop()
GLib.io_add_watch(sys.stdin, GLib.IO_HUP | GLib.IO_IN, lambda *_: loop.quit())
loop.run()
