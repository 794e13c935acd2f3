import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { useClassName } from '../../shared/use-class-name.ts';
import type { PartPicture, PictureLabels } from '../../types.ts';
import styles from '../labelling.module.css';
import type { LabelSession } from '../session/label-session.ts';
import type { Labels } from '../session/labels.ts';
import type { useClassList } from '../use-class-list.ts';
import type { Suggestions } from '../use-suggestions.ts';
import { ClassList } from './class-list.tsx';
import { HistoryDrawer } from './history-drawer.tsx';
import { PeopleList } from './people-list.tsx';
import { RegionList } from './region-list.tsx';
import { SaveMark } from './save-mark.tsx';

export interface SidePanelProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  readonly session: LabelSession;
  readonly labels: Labels;
  readonly answer: PictureLabels;
  readonly classes: ReturnType<typeof useClassList>;
  readonly colourOf: (name: string) => string;
  readonly className: string;
  readonly chosen: string | undefined;
  readonly writes: boolean;
  readonly compares: boolean;
  readonly suggestions: Suggestions;
  onSay(word: 'good' | 'defect'): void;
  onPictureClass(name: string): void;
  onChooseClass(name: string): void;
  onAddClass(name: string): void;
  onChoose(id: string | undefined): void;
  onRemove(id: string): void;
  onCompare(): void;
}

/** What the picture is, its classes and regions, and what others said of it. */
export function SidePanel(props: SidePanelProps) {
  const { datasetId, picture, labels, answer, classes, writes } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const [hasHistory, setHistory] = useState(false);
  const pictureClasses = [...new Set([...classes.names, ...(labels.class ? [labels.class] : [])])];
  return (
    <aside className={styles.side} aria-label={t('labelling.side')}>
      {writes && <SaveMark session={props.session} />}
      <section>
        <h2>{t('labelling.picture')}</h2>
        <Segmented
          block
          aria-label={t('parts.label')}
          disabled={!writes}
          value={labels.label}
          onChange={(word) => props.onSay(word as 'good' | 'defect')}
          options={(['good', 'defect'] as const).map((value) => ({
            value,
            label: (
              <>
                {t(`parts.labels.${value}`)} <kbd>{value === 'good' ? 'G' : 'D'}</kbd>
              </>
            ),
          }))}
        />
        {labels.label === 'defect' && (
          <Select
            size="small"
            aria-label={t('labelling.pictureClass')}
            disabled={!writes}
            value={labels.class ?? undefined}
            onChange={props.onPictureClass}
            options={pictureClasses.map((value) => ({ value, label: classText(value) }))}
            className={styles.whole!}
          />
        )}
        {answer.revision === 0 && <p className={styles.hint}>{t('labelling.unlabelledHint')}</p>}
      </section>
      <ClassList {...props} />
      <RegionList {...props} />
      <PeopleList {...props} />
      <section>
        <p className={styles.facts}>
          {format.number(picture.width, 0)} × {format.number(picture.height, 0)} · {t('parts.group')}{' '}
          <span data-raw>{picture.group}</span>
        </p>
        {answer.revision > 0 && (
          <Button size="small" onClick={() => setHistory(true)}>
            {t('labelling.history', { n: format.number(answer.revision, 0) })}
          </Button>
        )}
      </section>
      {hasHistory && <HistoryDrawer datasetId={datasetId} pictureId={picture.id} onClose={() => setHistory(false)} />}
    </aside>
  );
}
