import { FullscreenOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DrawNew } from '../../drawing/draw-new.tsx';
import { ShapeHandles } from '../../drawing/shape-handles.tsx';
import { ShapePicture } from '../../drawing/shape-picture.tsx';
import type { RuleCounts } from '../../live/live-message.ts';
import { pictureRatio } from '../../shared/picture-ratio.ts';
import { toggleFullScreen } from '../../shared/toggle-full-screen.ts';
import type { Camera, Drawn } from '../../types.ts';
import styles from '../camera.module.css';
import { CameraStage } from '../camera-stage.tsx';
import { GroundGrid } from '../ground/ground-grid.tsx';
import type { Draft, DraftRule } from './draft.ts';
import type { Drawing } from './rule-editor.tsx';
import { shapesOf } from './rule-schema.ts';

interface RuleStageProps {
  readonly camera: Camera;
  readonly draft: Draft;
  readonly chosen: number | undefined;
  readonly drawing: Drawing | undefined;
  readonly writes: boolean;
  color(index: number): string;
  onChoose(index: number): void;
  onDrawn(points: readonly Drawn[]): void;
  onCancel(): void;
  onShape(index: number, field: string, points: readonly Drawn[], name?: string): void;
  /** The change that went on is over. */
  onStep(): void;
  onCounts(counts: RuleCounts): void;
}

/** Which side of a line is in; only lines that count have one. */
const inwardOf = ({ inward, kind }: DraftRule): 'right' | 'left' | undefined =>
  kind === 'line-crossing' ? (inward === 'left' ? 'left' : 'right') : undefined;

/** The live picture with every rule drawn on it; the chosen one can be changed there. */
export function RuleStage({ camera, draft, chosen, drawing, writes, color, ...on }: RuleStageProps) {
  const { t } = useTranslation();
  const [withBoxes, setWithBoxes] = useState(true);
  const [withGrid, setWithGrid] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  const ratio = pictureRatio(camera);
  const rule = chosen === undefined ? undefined : draft.rules[chosen];
  return (
    <section aria-label={t('video.rules.picture')}>
      <div ref={stage} className={styles.screen}>
        <CameraStage
          camera={camera}
          withBoxes={withBoxes}
          onCounts={on.onCounts}
          shapes={
            <>
              {withGrid && draft.calibration && <GroundGrid calibration={draft.calibration} ratio={ratio} />}
              {draft.rules.map((each, index) =>
                shapesOf(each).map(({ name, points, isZone }) => (
                  <ShapePicture
                    key={`${each.id} ${name}`}
                    points={points}
                    isZone={isZone}
                    color={color(index)}
                    ratio={ratio}
                    isChosen={index === chosen}
                    isFaint={each.enabled === false}
                    isArrow={name === 'direction'}
                    inward={isZone ? undefined : inwardOf(each)}
                    onChoose={() => on.onChoose(index)}
                  />
                )),
              )}
            </>
          }
        >
          {rule &&
            chosen !== undefined &&
            writes &&
            !drawing &&
            shapesOf(rule).map(({ name, points, isZone }) => (
              <ShapeHandles
                key={`${chosen} ${name}`}
                shape={{ points, isZone }}
                color={color(chosen)}
                onChange={(next, step) => on.onShape(chosen, name, next, step)}
                onDone={on.onStep}
              />
            ))}
          {drawing && (
            <DrawNew
              isZone={drawing.shape.isZone}
              color={color(drawing.index)}
              onDone={on.onDrawn}
              onCancel={on.onCancel}
            />
          )}
        </CameraStage>
      </div>
      <div className={styles.stageTools}>
        <Checkbox checked={withBoxes} onChange={(event) => setWithBoxes(event.target.checked)}>
          {t('video.live.boxes')}
        </Checkbox>
        {draft.calibration && (
          <Checkbox checked={withGrid} onChange={(event) => setWithGrid(event.target.checked)}>
            {t('video.ground.showGrid')}
          </Checkbox>
        )}
        <Button size="small" type="text" icon={<FullscreenOutlined />} onClick={() => toggleFullScreen(stage.current)}>
          {t('video.cameras.fullScreen')}
        </Button>
      </div>
    </section>
  );
}
