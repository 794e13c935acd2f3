import { type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../../components/error-notice.tsx';
import type { Tool } from '../tools/tool.ts';
import { paintPicture } from './paint-picture.ts';
import styles from './stage.module.css';
import type { TileStore } from './tile-store.ts';
import { useStagePointers } from './use-stage-pointers.ts';
import type { ViewStore } from './view-store.ts';

/** Draws over the picture; the canvas is clear. `ratio` is pixels of the screen to one of the page. */
type PaintOver = (context: CanvasRenderingContext2D, ratio: number) => void;

interface PictureStageProps {
  readonly tiles: TileStore;
  readonly views: ViewStore;
  readonly paint: PaintOver;
  /** Told whoever wants the upper canvas drawn anew. */
  readonly repaint: Repaint;
  readonly tool?: Tool | undefined;
  readonly label: string;
  readonly children?: ReactNode;
}

/** Whoever changes what is drawn tells this; the stage draws with the next frame. */
export class Repaint {
  readonly #listeners = new Set<() => void>();
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly ask = (): void => {
    for (const listener of this.#listeners) listener();
  };
}

/** A picture in tiles with something drawn over it; moved and zoomed without asking React. */
export function PictureStage({ tiles, views, paint, repaint, tool, label, children }: PictureStageProps) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLCanvasElement>(null);
  const above = useRef<HTMLCanvasElement>(null);
  const latest = useRef(paint);
  latest.current = paint;
  const { handlers, isPanning } = useStagePointers(host, views, tool);
  const problem = useSyncExternalStore(tiles.subscribe, tiles.currentProblem);

  useEffect(() => {
    const element = host.current!;
    let frame = 0;
    let isPictureOld = true;
    const draw = () => {
      frame = 0;
      if (!below.current || !above.current) return;
      const ratio = devicePixelRatio;
      const { stage, view, picture } = views;
      for (const canvas of [below.current, above.current]) {
        const [width, height] = [Math.round(stage.width * ratio), Math.round(stage.height * ratio)];
        if (canvas.width === width && canvas.height === height) continue;
        Object.assign(canvas, { width, height });
        isPictureOld = true;
      }
      if (isPictureOld) paintPicture(below.current.getContext('2d')!, tiles, { view, picture, stage, ratio });
      isPictureOld = false;
      const context = above.current.getContext('2d')!;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, above.current.width, above.current.height);
      latest.current(context, ratio);
    };
    const over = () => {
      frame ||= requestAnimationFrame(draw);
    };
    const all = () => {
      isPictureOld = true;
      over();
    };
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      views.resize({ width, height });
      all();
    });
    observer.observe(element);
    const stops = [views.subscribe(all), tiles.subscribe(all), repaint.subscribe(over)];
    all();
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      for (const stop of stops) stop();
    };
  }, [views, tiles, repaint]);

  useEffect(() => repaint.ask());

  return (
    <div className={styles.stage}>
      {/* The keys of the page do whatever can be done here, and the list of regions says what is drawn. */}
      <div
        ref={host}
        className={styles.surface}
        role="img"
        tabIndex={-1}
        aria-label={label}
        style={{ cursor: isPanning ? 'grab' : (tool?.cursor ?? 'grab') }}
        onContextMenu={(event) => event.preventDefault()}
        {...handlers}
      >
        <canvas ref={below} />
        <canvas ref={above} data-over />
      </div>
      {problem !== undefined && (
        <div className={styles.problem}>
          <ErrorNotice error={problem} onRetry={() => tiles.retry()} />
          <p>{t('parts.picture.unshowable')}</p>
        </div>
      )}
      {children}
    </div>
  );
}
