import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useTerm } from '../../../app/i18n/use-term.ts';
import { useSession } from '../../../app/session.tsx';
import { useTheme } from '../../../app/theme/theme-context.tsx';
import { drawObjects } from './draw-objects.ts';
import { fittedPicture } from './fitted-picture.ts';
import styles from './live-view.module.css';
import { useIsSeen } from './use-is-seen.ts';
import { type LiveCamera, useLiveCamera } from './use-live-camera.ts';
import { useSnapshot } from './use-snapshot.ts';

interface LiveViewProps {
  readonly cameraId: string;
  readonly name: string;
  /** Else it is off, or elsewhere: there is nothing to connect to. */
  readonly isRunning: boolean;
  /** A box runs it, which shows nothing live. */
  readonly isElsewhere?: boolean;
  /** It has delivered pictures: only then single ones are asked for. */
  readonly hasPictures: boolean;
  /** One of many: smaller pictures and letters. */
  readonly small?: boolean;
  readonly withBoxes?: boolean;
  /** Told whenever counts or state arrive. */
  onLive?(live: Pick<LiveCamera, 'counts' | 'state' | 'mode'>): void;
  /** Lies over the picture. */
  readonly children?: ReactNode;
}

/** A camera as it is now, with what is followed drawn over it: video where the browser can play it, else single pictures. */
export function LiveView({
  cameraId,
  name,
  isRunning,
  isElsewhere = false,
  hasPictures,
  small = false,
  withBoxes = true,
  ...rest
}: LiveViewProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const place = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const image = useRef<HTMLImageElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const isSeen = useIsSeen(place);
  const isWanted = isRunning && isSeen && may('matrixvision.video.read');
  const live = useLiveCamera(cameraId, isWanted, video);
  const snapshot = useSnapshot(cameraId, small ? 480 : 1280, isWanted && hasPictures && live.mode === 'pictures');
  const [hasPicture, setHasPicture] = useState(false);
  useBoxes(canvas, live.mode === 'video' ? video : image, live, { small, isWanted: isWanted && withBoxes });
  const { counts, state, mode } = live;
  const onLive = useRef(rest.onLive);
  onLive.current = rest.onLive;
  useEffect(() => onLive.current?.({ counts, state, mode }), [counts, state, mode]);
  const shows = mode === 'video' ? hasPicture : snapshot !== undefined;
  return (
    <div ref={place} className={styles.place} data-mode={mode}>
      <video
        ref={video}
        className={styles.picture}
        hidden={mode !== 'video'}
        aria-label={name}
        muted
        autoPlay
        playsInline
        onPlaying={() => setHasPicture(true)}
        onEmptied={() => setHasPicture(false)}
      />
      {snapshot && <img ref={image} className={styles.picture} src={snapshot} alt={name} />}
      <canvas ref={canvas} className={styles.boxes} />
      {!shows && (
        <p className={styles.word}>
          {!may('matrixvision.video.read')
            ? t('video.live.noRight')
            : isRunning
              ? t('video.live.waiting')
              : t(isElsewhere ? 'video.live.elsewhere' : 'video.live.off')}
        </p>
      )}
      {shows && mode === 'pictures' && <span className={styles.mode}>{t('video.live.pictures')}</span>}
      {rest.children}
    </div>
  );
}

const smallEveryMs = 45;

/** Draws the boxes on every frame of the screen, in the size of the place. */
function useBoxes(
  canvas: RefObject<HTMLCanvasElement | null>,
  picture: RefObject<HTMLVideoElement | HTMLImageElement | null>,
  live: LiveCamera,
  { small, isWanted }: { small: boolean; isWanted: boolean },
): void {
  const { palette } = useTheme();
  const term = useTerm();
  const latest = useRef({ live, term });
  latest.current = { live, term };
  useEffect(() => {
    if (!isWanted) return;
    let drawnAt = 0;
    let wasEmpty = false;
    let handle = requestAnimationFrame(function draw(now) {
      handle = requestAnimationFrame(draw);
      // Sixteen cameras side by side are drawn as often as their pictures come, not as often as the screen is.
      if (small && now - drawnAt < smallEveryMs) return;
      const objects = latest.current.live.objectsNow();
      if (wasEmpty && objects.length === 0) return;
      drawnAt = now;
      wasEmpty = objects.length === 0;
      const context = canvas.current?.getContext('2d');
      if (!canvas.current || !context) return;
      const { clientWidth: width, clientHeight: height } = canvas.current;
      const ratio = devicePixelRatio;
      if (canvas.current.width !== Math.round(width * ratio) || canvas.current.height !== Math.round(height * ratio)) {
        canvas.current.width = Math.round(width * ratio);
        canvas.current.height = Math.round(height * ratio);
      }
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, width, height);
      const frame = fittedPicture({ width, height }, sizeOf(picture.current));
      const say = (label: string) => latest.current.term('label', label);
      drawObjects(context, objects, { palette, frame, small, say });
    });
    const drawnOn = canvas.current;
    return () => {
      cancelAnimationFrame(handle);
      drawnOn?.getContext('2d')?.clearRect(0, 0, drawnOn.width, drawnOn.height);
    };
  }, [canvas, picture, palette, small, isWanted]);
}

function sizeOf(picture: HTMLVideoElement | HTMLImageElement | null): { width: number; height: number } {
  if (picture instanceof HTMLVideoElement) return { width: picture.videoWidth, height: picture.videoHeight };
  return { width: picture?.naturalWidth ?? 0, height: picture?.naturalHeight ?? 0 };
}
