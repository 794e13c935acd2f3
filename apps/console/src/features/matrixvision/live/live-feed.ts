import type { LiveMessage } from './live-message.ts';

interface FeedListener {
  onMessage(message: LiveMessage): void;
  /** A part of the video: first what a player must know, then piece by piece. */
  onVideo(part: ArrayBuffer): void;
  /** @param refused nothing of the camera may be seen any more: signed out, or without the right */
  onLost(refused: boolean): void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 15_000;
/** Close codes of the server. */
const signedOut = 4401;
const refused = 4403;

/** The live connection of one camera; connects again by itself until it is closed. */
export class LiveFeed {
  #url: string;
  #listener: FeedListener;
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = firstRetryMs;
  #isClosed = false;

  constructor(cameraId: string, listener: FeedListener) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.#url = `${scheme}://${location.host}/api/matrixvision/cameras/${cameraId}/live`;
    this.#listener = listener;
    this.#connect();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect(): void {
    const socket = new WebSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.#isClosed) return;
      this.#retryMs = firstRetryMs;
      if (typeof data === 'string') this.#listener.onMessage(JSON.parse(data) as LiveMessage);
      else this.#listener.onVideo(data);
    };
    socket.onclose = ({ code }) => {
      if (this.#isClosed) return;
      this.#listener.onLost(code === signedOut || code === refused);
      this.#timer = setTimeout(() => this.#connect(), this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
    };
  }
}
