/** Behind the newest picture by more than this, the player jumps to it. */
const mostBehindSeconds = 3;
/** Further behind than this it plays a little faster until it is as near as `nearSeconds`: live is what happens now. */
const catchUpSeconds = 1;
const nearSeconds = 0.5;
const catchUpRate = 1.15;
const keptSeconds = 12;
/** Parts that wait to be taken in; more than this and the player cannot keep up. */
const mostWaiting = 300;
/** Video that arrives and does not move for so long cannot be decoded here. */
const mostStillMs = 6_000;

export const canPlay = (mime: string): boolean =>
  typeof MediaSource !== 'undefined' && MediaSource.isTypeSupported(mime);

/** Feeds fragmented MP4 into a video element through Media Source Extensions and keeps it at the newest picture. */
export class VideoPlayer {
  #video: HTMLVideoElement;
  #source = new MediaSource();
  #buffer: SourceBuffer | undefined;
  #waiting: ArrayBuffer[] = [];
  #url: string;
  #onFailed: () => void;
  #timer: ReturnType<typeof setInterval>;
  #lastTime = -1;
  #movedAt = performance.now();
  #isClosed = false;

  constructor(video: HTMLVideoElement, mime: string, onFailed: () => void) {
    this.#video = video;
    this.#onFailed = onFailed;
    this.#url = URL.createObjectURL(this.#source);
    this.#source.addEventListener('sourceopen', () => this.#open(mime), { once: true });
    video.addEventListener('error', this.#fail);
    video.src = this.#url;
    this.#timer = setInterval(() => this.#follow(), 500);
  }

  append(part: ArrayBuffer): void {
    if (this.#waiting.length >= mostWaiting) this.#fail();
    else {
      this.#waiting.push(part);
      this.#next();
    }
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#video.removeEventListener('error', this.#fail);
    this.#video.removeAttribute('src');
    this.#video.load();
    URL.revokeObjectURL(this.#url);
    this.#waiting = [];
  }

  #fail = (): void => {
    if (this.#isClosed) return;
    this.close();
    this.#onFailed();
  };

  #open(mime: string): void {
    if (this.#isClosed) return;
    try {
      this.#buffer = this.#source.addSourceBuffer(mime);
    } catch {
      // The browser said it could and cannot: pictures instead.
      this.#fail();
      return;
    }
    this.#buffer.addEventListener('updateend', () => this.#next());
    this.#next();
  }

  #next(): void {
    const buffer = this.#buffer;
    if (this.#isClosed || !buffer || buffer.updating || this.#source.readyState !== 'open') return;
    const part = this.#waiting.shift();
    try {
      if (part) buffer.appendBuffer(part);
      else this.#letGo(buffer);
    } catch {
      // Full, or broken by what came before.
      this.#fail();
    }
  }

  #letGo(buffer: SourceBuffer): void {
    if (buffer.buffered.length === 0) return;
    const oldest = buffer.buffered.start(0);
    const until = this.#video.currentTime - keptSeconds;
    if (until - oldest > keptSeconds) buffer.remove(oldest, until);
  }

  #follow(): void {
    const { buffered } = this.#video;
    if (buffered.length === 0) return;
    const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
    const now = this.#video.currentTime;
    if (now < start || end - now > mostBehindSeconds) this.#video.currentTime = Math.max(start, end - 0.3);
    const behind = end - this.#video.currentTime;
    if (behind > catchUpSeconds) this.#video.playbackRate = catchUpRate;
    else if (behind < nearSeconds) this.#video.playbackRate = 1;
    if (this.#video.paused) void this.#video.play().catch(() => undefined);
    const hasMore = end - now > 0.5;
    if (now !== this.#lastTime || !hasMore || document.hidden) {
      this.#lastTime = now;
      this.#movedAt = performance.now();
    } else if (performance.now() - this.#movedAt > mostStillMs) this.#fail();
  }
}
