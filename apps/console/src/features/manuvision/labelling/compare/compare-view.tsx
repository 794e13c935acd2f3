import { Button, Segmented } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { useClassName } from '../../shared/use-class-name.ts';
import type { PartPicture, PictureLabels } from '../../types.ts';
import { MaskLayer } from '../canvas/mask-layer.ts';
import { paintRegions } from '../canvas/paint-regions.ts';
import { PictureStage, Repaint } from '../canvas/picture-stage.tsx';
import type { TileStore } from '../canvas/tile-store.ts';
import type { ViewStore } from '../canvas/view-store.ts';
import styles from '../labelling.module.css';
import { type Region, toRegion } from '../session/labels.ts';
import { useSettle } from '../use-labels.ts';

interface CompareViewProps {
  readonly datasetId: string;
  readonly picture: PartPicture;
  readonly answer: PictureLabels;
  readonly tiles: TileStore;
  readonly views: ViewStore;
  readonly writes: boolean;
  onSettled(): void;
}

interface Word {
  readonly actorId: string;
  readonly actorName: string;
  readonly said: string;
  readonly regions: readonly Region[];
  readonly colour: string;
}

const colours = ['#3fb4ff', '#ffc22e', '#ff8ad1', '#2ed3a4'];
/** Side by side there is no room for more. */
const mostBeside = 3;

/** What people drew, side by side with one view of the picture, or one over the other; whoever is right is chosen here. */
export function CompareView({ datasetId, picture, answer, tiles, views, writes, onSettled }: CompareViewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const settle = useSettle(datasetId, picture.id);
  const [how, setHow] = useState<'beside' | 'over'>('beside');
  const words: Word[] = useMemo(() => {
    const differ = answer.disagreement?.people;
    const people = answer.people.filter(({ actorId }) => !differ || differ.includes(actorId));
    return people.map(({ actorId, actorName, label, class: name, regions }, index) => ({
      ...{ actorId, actorName, regions: regions.map(toRegion), colour: colours[index % colours.length]! },
      said: label === 'good' ? t('parts.labels.good') : classText(name ?? 'defect'),
    }));
  }, [answer, t, classText]);
  const shown = how === 'over' ? [words] : words.slice(0, mostBeside).map((word) => [word]);
  return (
    <div className={styles.compare}>
      <div className={styles.compareBar}>
        <Segmented
          size="small"
          aria-label={t('labelling.compare')}
          value={how}
          onChange={(next) => setHow(next as 'beside' | 'over')}
          options={(['beside', 'over'] as const).map((value) => ({ value, label: t(`labelling.compareHow.${value}`) }))}
        />
        {words.map(({ actorId, actorName, said, regions, colour }) => (
          <span key={actorId} className={styles.word}>
            <i className={styles.swatch} style={{ background: colour }} />
            <b data-raw>{actorName}</b> <span data-raw>{said}</span> ·{' '}
            {t('labelling.regions', { n: format.number(regions.length, 0) })}
            {writes && answer.disagreement && (
              <Button
                size="small"
                loading={settle.isPending && settle.variables.actorId === actorId}
                onClick={() => settle.mutate({ actorId, revision: answer.revision }, { onSuccess: onSettled })}
              >
                {t('labelling.settle')}
              </Button>
            )}
          </span>
        ))}
      </div>
      <div className={styles.beside} style={{ gridTemplateColumns: `repeat(${shown.length}, minmax(0, 1fr))` }}>
        {shown.map((each) => (
          <WordStage key={each[0]?.actorId} words={each} isOver={how === 'over'} {...{ tiles, views }} />
        ))}
      </div>
    </div>
  );
}

interface WordStageProps {
  readonly words: readonly Word[];
  readonly isOver: boolean;
  readonly tiles: TileStore;
  readonly views: ViewStore;
}

function WordStage({ words, isOver, tiles, views }: WordStageProps) {
  const classText = useClassName();
  const [layer] = useState(() => new MaskLayer());
  const [repaint] = useState(() => new Repaint());
  const paint = useCallback(
    (context: CanvasRenderingContext2D, ratio: number) =>
      paintRegions(context, layer, {
        regions: words.flatMap(({ regions, colour, actorName }, index) =>
          regions.map(({ id, shape, class: name }) => ({
            ...{ id, shape, colour, isDashed: index > 0 },
            tag: isOver ? `${actorName} · ${classText(name)}` : classText(name),
          })),
        ),
        ...{ view: views.view, ratio },
      }),
    [words, isOver, layer, views, classText],
  );
  return (
    <PictureStage
      {...{ tiles, views, paint, repaint }}
      label={words.map(({ actorName, said }) => `${actorName}: ${said}`).join(' / ')}
    >
      {!isOver && (
        <span className={styles.who} data-raw>
          {words[0]?.actorName}
        </span>
      )}
    </PictureStage>
  );
}
