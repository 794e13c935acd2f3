import { HistoryOutlined, RedoOutlined, SaveOutlined, UndoOutlined } from '@ant-design/icons';
import { Alert, Button, Tooltip } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSession } from '../../../../app/session.tsx';
import { useTheme } from '../../../../app/theme/theme-context.tsx';
import { Panel } from '../../../../components/panel.tsx';
import { useNotify } from '../../../../components/use-notify.ts';
import type { RuleCounts } from '../../live/live-message.ts';
import type { Camera, Drawn } from '../../types.ts';
import styles from '../camera.module.css';
import { GroundEditor } from '../ground/ground-editor.tsx';
import { GroundPanel } from '../ground/ground-panel.tsx';
import { type Draft, newRule, withCalibration, withField } from './draft.ts';
import { RecountPanel } from './recount-panel.tsx';
import { RuleHistory } from './rule-history.tsx';
import { RuleList } from './rule-list.tsx';
import { formOfKind, type ShapeField } from './rule-schema.ts';
import { RuleStage } from './rule-stage.tsx';
import { useDraft } from './use-draft.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useSaveRules } from './use-rule-set.ts';

export interface Drawing {
  readonly index: number;
  readonly shape: ShapeField;
}

interface RuleEditorProps {
  readonly camera: Camera;
  readonly saved: Draft;
  /** Of the rules in force. */
  readonly version: number;
}

/** The picture with the rules on it, and beside it the rules with their figures. */
export function RuleEditor({ camera, saved, version }: RuleEditorProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { palette } = useTheme();
  const { done, failed } = useNotify();
  const editor = useDraft(saved);
  const save = useSaveRules(camera.id);
  const [chosen, choose] = useState<number>();
  const [asked, draw] = useState<Drawing>();
  const [counts, setCounts] = useState<RuleCounts>();
  const [isHistoryOpen, openHistory] = useState(false);
  const [basedOn, setBasedOn] = useState(version);
  const { draft, problems, isChanged } = editor;
  // A step back may have taken away what was to be drawn.
  const drawing = asked && asked.index < draft.rules.length ? asked : undefined;
  const writes = may('matrixvision.camera.write');
  const isOvertaken = isChanged && version !== basedOn;
  useLeaveGuard(isChanged);
  const [isCalibrating, calibrate] = useState(false);
  const [parameters, setParameters] = useSearchParams();
  /** The page of a taught attribute leads here with a rule to begin with, once. */
  const begin = useRef(() => {
    const kind = parameters.get('add');
    if (!kind || !formOfKind(kind) || !writes) return;
    const attribute = parameters.get('attribute');
    const rule = { ...newRule(kind, draft.rules), ...(attribute && { attribute, name: attribute }) };
    editor.change({ ...draft, rules: [...draft.rules, rule] });
    choose(draft.rules.length);
    setParameters({}, { replace: true });
  });
  useEffect(() => begin.current(), []);
  const put = () =>
    save.mutate(draft, {
      onError: failed,
      onSuccess: (set) => {
        setBasedOn(set.version);
        done(t('video.rules.saved', { n: set.version }));
      },
    });
  const drawn = (points: readonly Drawn[]) => {
    if (drawing) editor.change(withField(draft, drawing.index, drawing.shape.name, points));
    draw(undefined);
  };
  const color = (index: number) => palette.series[index % palette.series.length]!;
  if (isCalibrating)
    return (
      <GroundEditor
        camera={camera}
        calibration={draft.calibration}
        onCancel={() => calibrate(false)}
        onDone={(calibration) => {
          editor.change(withCalibration(draft, calibration));
          calibrate(false);
        }}
      />
    );
  return (
    <div className={styles.columns}>
      <div className={styles.left}>
        <RuleStage
          camera={camera}
          draft={draft}
          chosen={chosen}
          drawing={drawing}
          color={color}
          writes={writes}
          onChoose={choose}
          onDrawn={drawn}
          onCancel={() => draw(undefined)}
          onShape={(index, field, points, name) =>
            editor.change(withField(draft, index, field, points), name && `${index} ${field} ${name}`)
          }
          onStep={editor.closeStep}
          onCounts={setCounts}
        />
        {writes && (
          <div className={styles.tools}>
            <Tooltip title={t('actions.undo')}>
              <Button
                icon={<UndoOutlined />}
                disabled={!editor.undo}
                onClick={editor.undo}
                aria-label={t('actions.undo')}
              />
            </Tooltip>
            <Tooltip title={t('video.rules.redo')}>
              <Button
                icon={<RedoOutlined />}
                disabled={!editor.redo}
                onClick={editor.redo}
                aria-label={t('video.rules.redo')}
              />
            </Tooltip>
            <Button icon={<HistoryOutlined />} onClick={() => openHistory(true)}>
              {t('video.rules.history')}
            </Button>
            <span className={styles.version}>
              {version === 0 ? t('video.rules.noVersion') : t('video.rules.version', { n: version })}
              {isChanged && ` · ${t('video.rules.changed')}`}
            </span>
            <Button
              type="primary"
              icon={<SaveOutlined />}
              disabled={!isChanged || problems.length > 0}
              loading={save.isPending}
              onClick={put}
            >
              {t('video.rules.save')}
            </Button>
          </div>
        )}
        {isOvertaken && <Alert type="warning" showIcon title={t('video.rules.overtaken', { n: version })} />}
        <RecountPanel cameraId={camera.id} draft={draft} isValid={problems.length === 0} />
      </div>
      <div className={styles.right}>
        <Panel title={t('video.rules.title')}>
          <RuleList
            draft={draft}
            problems={problems}
            chosen={chosen}
            counts={counts}
            color={color}
            writes={writes}
            onChoose={choose}
            onChange={editor.change}
            onDraw={draw}
          />
        </Panel>
        <GroundPanel
          calibration={draft.calibration}
          writes={writes}
          onOpen={() => {
            draw(undefined);
            calibrate(true);
          }}
          onDrop={() => editor.change(withCalibration(draft, undefined))}
        />
      </div>
      {isHistoryOpen && (
        <RuleHistory
          cameraId={camera.id}
          current={version}
          onClose={() => openHistory(false)}
          onRestore={(old) => {
            editor.change(old);
            openHistory(false);
          }}
        />
      )}
    </div>
  );
}
