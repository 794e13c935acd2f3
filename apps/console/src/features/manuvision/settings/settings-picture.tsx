import { Button, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Inspection, KindSettings, PartPicture, Tried } from '../types.ts';
import { type DialEnd, DialLayer } from './dial-layer.tsx';
import { angleAt, type DialScale, usualScale } from './dial-scale.ts';
import { changeFeature, newFeature, type Plan, type PlanTool, withoutFeature } from './measuring-plan.ts';
import { laysOnOne, PicturePick } from './picture-pick.tsx';
import { type Box, PictureStage } from './picture-stage.tsx';
import { emptyPlan } from './plan-field.tsx';
import { PlanLayer } from './plan-layer.tsx';
import { boxIn, DigitsLayer, IgnoredLayer, type Region, RegionLayer, regionOf, whole } from './region-layer.tsx';
import styles from './settings.module.css';

/** What a box on the picture becomes, where it may be one or the other. */
type Draws = 'region' | 'ignored';

interface SettingsPictureProps {
  readonly inspection: Inspection;
  readonly picture: PartPicture | undefined;
  readonly settings: KindSettings;
  readonly tried: Tried | undefined;
  readonly mayWrite: boolean;
  readonly tool: PlanTool;
  readonly chosen: string | undefined;
  readonly end: DialEnd;
  has(name: string): boolean;
  onPicture(picture: PartPicture): void;
  onChoose(name: string | undefined): void;
  onEnd(end: DialEnd): void;
  onSet(name: string, value: unknown): void;
}

/** A picture of the part with all that is set about places in it, drawn and changed there. */
export function SettingsPicture(props: SettingsPictureProps) {
  const { inspection, picture, settings, tried, mayWrite, tool, chosen, end } = props;
  const { has, onPicture, onChoose, onEnd, onSet } = props;
  const { t } = useTranslation();
  const [draws, setDraws] = useState<Draws>('region');
  const [chosenIgnored, setChosenIgnored] = useState<number>();
  if (!picture) return <p className="soft">{t('parts.settings.noPicture')}</p>;

  const scale = settings.scale as DialScale | undefined;
  const region = (settings.region as Region | undefined) ?? whole;
  const ignored = (settings.ignored as readonly Region[] | undefined) ?? [];
  const plan = (settings.plan as Plan | null | undefined) ?? emptyPlan;
  const lays = laysOnOne(has, settings);
  /** Places hold for the picture they were drawn on, which the others are then laid on. */
  const setPlace = (name: string, value: unknown) => {
    if (lays && settings.base === undefined) onSet('base', picture.hash);
    onSet(name, value);
  };
  const setIgnored = (places: readonly Region[]) => setPlace('ignored', places.length > 0 ? places : undefined);
  const setFeatures = (features: Plan['features']) => onSet('plan', features.length > 0 ? { ...plan, features } : null);
  const drawn = (box: Box) => {
    if (has('ignored') && draws === 'ignored') {
      setIgnored([...ignored, regionOf(box, picture)]);
      return setChosenIgnored(ignored.length);
    }
    if (has('region')) return setPlace('region', regionOf(box, picture));
    const feature = newFeature(plan.features, tool, box);
    if (!feature) return;
    setFeatures([...plan.features, feature]);
    onChoose(feature.name);
  };
  const within = boxIn(region, picture);
  const ifMay = <T,>(change: T): T | undefined => (mayWrite ? change : undefined);
  return (
    <>
      <div className={styles.picker}>
        <PicturePick {...{ inspection, picture, lays }} onPick={lays ? (one) => onSet('base', one.hash) : onPicture} />
        {has('region') && (
          <Button disabled={settings.region === undefined || !mayWrite} onClick={() => onSet('region', undefined)}>
            {t('parts.settings.wholePicture')}
          </Button>
        )}
      </div>
      {has('ignored') && mayWrite && (
        <Segmented<Draws>
          aria-label={t('parts.plan.draw')}
          value={draws}
          options={(['region', 'ignored'] as const).map((one) => ({
            value: one,
            label: t(`parts.settings.draws.${one}`),
          }))}
          onChange={setDraws}
        />
      )}
      <PictureStage
        datasetId={inspection.datasetId}
        picture={picture}
        label={t('parts.settings.stage', { name: picture.fileName })}
        onBox={mayWrite && (has('region') || has('plan')) ? drawn : undefined}
        onPoint={
          mayWrite && has('scale')
            ? (point) => {
                onSet('scale', { ...(scale ?? usualScale), [`${end}Angle`]: angleAt(point, within) });
                onEnd(end === 'from' ? 'to' : 'from');
              }
            : undefined
        }
      >
        {has('region') && (
          <RegionLayer
            {...{ region, picture }}
            onChange={ifMay((next: Region) => setPlace('region', next))}
            onRemove={() => onSet('region', undefined)}
          />
        )}
        {has('ignored') && (
          <IgnoredLayer
            {...{ ignored, picture, chosen: chosenIgnored }}
            onChoose={setChosenIgnored}
            onChange={ifMay(setIgnored)}
          />
        )}
        {has('count') && <DigitsLayer region={region} count={Number(settings.count ?? 1)} picture={picture} />}
        {scale && <DialLayer scale={scale} box={within} onChange={ifMay((next: DialScale) => onSet('scale', next))} />}
        {has('plan') && (
          <PlanLayer
            {...{ plan, chosen, tried, picture, onChoose }}
            onChange={ifMay((feature: Plan['features'][number]) =>
              setFeatures(changeFeature(plan.features, feature.name, feature)),
            )}
            onRemove={(name) => setFeatures(withoutFeature(plan.features, name))}
          />
        )}
        {!has('plan') &&
          tried?.boxes.map(({ x, y, width, height }) => (
            <rect key={`${x} ${y}`} className={styles.found} {...{ x, y, width, height }} />
          ))}
      </PictureStage>
      {ignored.length > 0 && (
        <IgnoredList count={ignored.length} onRemove={ifMay((at: number) => setIgnored(ignored.toSpliced(at, 1)))} />
      )}
      {mayWrite && (has('region') || has('plan')) && (
        <p className="soft">
          {has('region') && `${t(has('turn') ? 'parts.settings.drawDial' : 'parts.settings.drawRegion')} `}
          {lays && `${t('parts.settings.laidOn')} `}
          {t('parts.shape.hint')}
          {has('plan') && ` ${t('parts.shape.turnHint')}`}
        </p>
      )}
    </>
  );
}

interface IgnoredListProps {
  readonly count: number;
  onRemove: ((at: number) => void) | undefined;
}

/** The places that are left out, to take them away without keys. */
function IgnoredList({ count, onRemove }: IgnoredListProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.actions}>
      {Array.from({ length: count }, (_, at) => (
        <Tag
          // biome-ignore lint/suspicious/noArrayIndexKey: places have nothing but their order.
          key={at}
          closable={onRemove !== undefined}
          onClose={(event) => {
            event.preventDefault();
            onRemove?.(at);
          }}
        >
          {t('parts.shape.ignored', { n: at + 1 })}
        </Tag>
      ))}
    </div>
  );
}
