import type { WebSocket } from '@millwright/http';
import { type Actor, requirePermission } from '@millwright/kernel';
import type { LiveMessage } from '@millwright/media';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraService } from '../cameras/service.ts';
import { isCoveredFor } from '../privacy/is-covered-for.ts';
import type { LookLog } from '../privacy/look-log.ts';
import type { CameraRuntime } from '../runtime/camera-runtime.ts';

interface Parts {
  readonly cameras: CameraService;
  readonly runtime: CameraRuntime;
  readonly looks: LookLog;
}

/** Bytes waiting in a viewer's socket above which it gets no more until it has read. */
const mostBuffered = 4_000_000;

/** One who looks at a camera: video with the followed things over it, or that there are covered pictures only. */
export class LiveView {
  #parts: Parts;
  #cameraId: string;
  #socket: WebSocket;
  /** Undefined before it began. */
  #covered: boolean | undefined;
  #stop: () => void = () => undefined;
  /** Who reads too slowly loses pictures, and begins again with a key frame: a sleeping tablet must not fill the memory. */
  #waitsForKey = true;

  constructor(parts: Parts, cameraId: string, socket: WebSocket) {
    this.#parts = parts;
    this.#cameraId = cameraId;
    this.#socket = socket;
    socket.on('close', () => this.#stop());
  }

  /** Throws what refuses it to the actor, and CAMERA_NOT_RUNNING. */
  async begin(actor: Actor): Promise<void> {
    await this.show(actor, true);
  }

  /** Goes on as this actor may see the camera by now: as before, or between video and covered pictures. Throws what refuses it. */
  async show(actor: Actor, begins = false): Promise<void> {
    const { cameras, runtime, looks } = this.#parts;
    const row = await cameras.row(actor, this.#cameraId);
    requirePermission(actor, 'matrixvision.video.read', row.site_id);
    if (begins && !runtime.isRunning(row.id)) throw cameraErrors.CAMERA_NOT_RUNNING({ name: row.name });
    const covered = isCoveredFor(actor, row);
    if (covered === this.#covered) return;
    this.#covered = covered;
    // Before anything else takes its time: what may not be seen any more is not seen for a moment longer.
    this.#stop();
    try {
      await looks.record(actor, row, 'live', covered);
    } catch (error) {
      this.#covered = undefined;
      throw error;
    }
    // It may have been told otherwise meanwhile.
    if (this.#covered !== covered || this.#socket.readyState !== this.#socket.OPEN) return;
    this.#stop();
    this.#waitsForKey = true;
    this.#stop = runtime.view(row.id, {
      tracks: (tracks) => this.#say({ type: 'tracks', ...tracks }),
      state: (state) => this.#say({ type: 'state', state: state ?? null }),
      // Video cannot be covered as it comes; who may not know people sees covered pictures instead.
      video: (message) => !covered && this.#send(message),
    });
    if (covered) this.#say({ type: 'video', mime: null });
  }

  #send(message: LiveMessage): void {
    const socket = this.#socket;
    if (message.type === 'init') {
      this.#say({ type: 'video', mime: `video/mp4; codecs="${message.codec}"`, encoded: message.encoded });
      socket.send(message.data);
      this.#waitsForKey = true;
      return;
    }
    this.#waitsForKey = socket.bufferedAmount >= mostBuffered || (this.#waitsForKey && !message.key);
    if (this.#waitsForKey) return;
    this.#say({ type: 'fragment', time: message.time, durationMs: message.durationMs });
    socket.send(message.data);
  }

  #say(message: object): void {
    if (this.#socket.bufferedAmount < mostBuffered) this.#socket.send(JSON.stringify(message));
  }
}
