import type { CSSProperties, ReactNode } from 'react';
import type { RuleCounts } from '../live/live-message.ts';
import { LiveView } from '../live/live-view.tsx';
import { hasPictures, isRunning } from '../shared/is-running.ts';
import { pictureRatio } from '../shared/picture-ratio.ts';
import type { Camera } from '../types.ts';
import styles from './camera.module.css';

interface CameraStageProps {
  readonly camera: Camera;
  readonly withBoxes: boolean;
  /** Drawn on the picture, in SVG: 100 high, and as wide as the picture's ratio asks. */
  readonly shapes: ReactNode;
  /** What takes pointer and keys above that. */
  readonly children: ReactNode;
  onCounts?(counts: RuleCounts): void;
}

/** The live picture of a camera to draw on. */
export function CameraStage({ camera, withBoxes, shapes, children, onCounts }: CameraStageProps) {
  const ratio = pictureRatio(camera);
  return (
    <div className={styles.stage} style={{ aspectRatio: ratio, '--ratio': ratio } as CSSProperties}>
      <LiveView
        cameraId={camera.id}
        name={camera.name}
        isRunning={isRunning(camera)}
        isElsewhere={camera.state.state === 'elsewhere'}
        hasPictures={hasPictures(camera.state)}
        withBoxes={withBoxes}
        {...(onCounts && { onLive: ({ counts }) => counts && onCounts(counts) })}
      >
        <svg className={styles.shapes} viewBox={`0 0 ${100 * ratio} 100`} preserveAspectRatio="none" aria-hidden="true">
          {shapes}
        </svg>
        {children}
      </LiveView>
    </div>
  );
}
