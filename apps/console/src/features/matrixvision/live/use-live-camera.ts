import { type RefObject, useEffect, useRef, useState } from 'react';
import type { CameraState } from '../types.ts';
import { LiveFeed } from './live-feed.ts';
import type { LiveMessage, LiveObject, RuleCounts } from './live-message.ts';
import { decodeTimeOf, timescaleOf } from './media-time.ts';
import { TrackHistory } from './track-history.ts';
import { canPlay, VideoPlayer } from './video-player.ts';

export type LiveMode =
  /** Nothing is known yet. */
  | 'waiting'
  | 'video'
  /** Single pictures: the browser or the camera has no video for it. */
  | 'pictures';

export interface LiveCamera {
  readonly mode: LiveMode;
  /** Newer than what the list of cameras says; undefined until the connection says one. */
  readonly state: CameraState | undefined;
  readonly counts: RuleCounts | undefined;
  /** What is to be drawn over the frame that is shown now. */
  objectsNow(): readonly LiveObject[];
}

const countsEveryMs = 500;
const videoWithinMs = 5_000;
/** A machine that was too busy to play video may have time by then. */
const videoAgainAfterMs = 60_000;

/** One camera as it is now: plays its video into the element, and knows what was followed in each frame. */
export function useLiveCamera(
  cameraId: string,
  isWanted: boolean,
  video: RefObject<HTMLVideoElement | null>,
): LiveCamera {
  const [mode, setMode] = useState<LiveMode>('waiting');
  const [state, setState] = useState<CameraState>();
  const [counts, setCounts] = useState<RuleCounts>();
  const [tries, setTries] = useState(0);
  const drawn = useRef<() => readonly LiveObject[]>(() => []);
  useEffect(() => {
    if (!isWanted) return;
    const history = new TrackHistory();
    let player: VideoPlayer | undefined;
    let timescale: number | undefined;
    let fragmentTime: number | undefined;
    let origin = 0;
    let countedAt = 0;
    const showPictures = () => {
      player = undefined;
      setMode('pictures');
    };
    let again: ReturnType<typeof setTimeout> | undefined;
    const playFailed = () => {
      showPictures();
      again = setTimeout(() => setTries(tries + 1), videoAgainAfterMs);
    };
    // A camera whose pictures cannot be had as video says nothing of video at all.
    const patience = setTimeout(showPictures, videoWithinMs);
    const begin = (mime: string | null) => {
      clearTimeout(patience);
      player?.close();
      timescale = undefined;
      if (!mime || !video.current || !canPlay(mime)) return showPictures();
      player = new VideoPlayer(video.current, mime, playFailed);
      setMode('video');
    };
    const take = (message: LiveMessage) => {
      if (message.type === 'video') begin(message.mime);
      else if (message.type === 'state') setState(message.state ?? undefined);
      else if (message.type === 'fragment') fragmentTime = message.time;
      else {
        history.add(message.time, message.objects);
        if (performance.now() - countedAt < countsEveryMs) return;
        countedAt = performance.now();
        setCounts(message.counts);
      }
    };
    const play = (part: ArrayBuffer) => {
      if (!player) return;
      timescale ??= timescaleOf(part);
      const ticks = fragmentTime === undefined ? undefined : decodeTimeOf(part);
      if (fragmentTime !== undefined && ticks !== undefined && timescale)
        origin = fragmentTime - (ticks / timescale) * 1000;
      player.append(part);
    };
    drawn.current = () =>
      player && video.current ? history.at(origin + video.current.currentTime * 1000) : history.newest();
    const lost = (refused: boolean) => {
      setState(undefined);
      if (!refused) return;
      // The last picture would stay.
      player?.close();
      showPictures();
    };
    const feed = new LiveFeed(cameraId, { onMessage: take, onVideo: play, onLost: lost });
    return () => {
      clearTimeout(patience);
      clearTimeout(again);
      feed.close();
      player?.close();
      drawn.current = () => [];
      setMode('waiting');
      // What it said last is no longer how it stands.
      setState(undefined);
      setCounts(undefined);
    };
  }, [cameraId, isWanted, video, tries]);
  return { mode, state, counts, objectsNow: () => drawn.current() };
}
