import { RedoOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import * as steps from '../../../../components/undo-stack.ts';
import type { Camera } from '../../types.ts';
import styles from '../camera.module.css';
import { GroundForm } from './ground-form.tsx';
import {
  type Calibration,
  calibrationOf,
  fitOf,
  type GroundDraft,
  groundDraftOf,
  placedPoints,
} from './ground-points.ts';
import { GroundStage } from './ground-stage.tsx';

interface GroundEditorProps {
  readonly camera: Camera;
  readonly calibration: Calibration | undefined;
  onDone(calibration: Calibration): void;
  onCancel(): void;
}

/** Points of the ground on the picture with their places in metres; it is taken over whole, or not at all. */
export function GroundEditor({ camera, calibration, onDone, onCancel }: GroundEditorProps) {
  const { t } = useTranslation();
  const [stack, setStack] = useState(() => steps.beginWith(groundDraftOf(calibration)));
  const draft = stack.present;
  const change = (next: GroundDraft, name?: string) => setStack((current) => steps.change(current, next, name));
  const points = placedPoints(draft);
  const made = calibrationOf(points);
  const fit = made && fitOf(made);
  return (
    <div className={styles.columns}>
      <div className={styles.left}>
        <GroundStage
          camera={camera}
          points={points}
          calibration={fit && made}
          onChange={(next, name) => change({ ...draft, points: next }, name)}
          onStep={() => setStack(steps.close)}
        />
        <div className={styles.tools}>
          <Tooltip title={t('actions.undo')}>
            <Button
              icon={<UndoOutlined />}
              disabled={stack.past.length === 0}
              onClick={() => setStack(steps.undo)}
              aria-label={t('actions.undo')}
            />
          </Tooltip>
          <Tooltip title={t('video.rules.redo')}>
            <Button
              icon={<RedoOutlined />}
              disabled={stack.future.length === 0}
              onClick={() => setStack(steps.redo)}
              aria-label={t('video.rules.redo')}
            />
          </Tooltip>
          <span className={styles.version} />
          <Button onClick={onCancel}>{t('actions.cancel')}</Button>
          <Button type="primary" disabled={!fit} onClick={() => made && onDone(made)}>
            {t('video.ground.apply')}
          </Button>
        </div>
      </div>
      <GroundForm draft={draft} calibration={made} fit={fit} onChange={change} />
    </div>
  );
}
