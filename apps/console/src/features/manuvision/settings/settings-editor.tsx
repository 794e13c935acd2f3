import { Button, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import type { JsonSchema } from '../../cloud/sources/schema-fields.ts';
import { usePictures } from '../shared/use-datasets.ts';
import { useChangeInspection } from '../shared/use-inspections.ts';
import type { Inspection, KindSettings } from '../types.ts';
import { type DialEnd, DialField, DialLayer, usualScale } from './dial-field.tsx';
import { angleAt, type DialScale } from './dial-scale.ts';
import { FormatField } from './format-field.tsx';
import { newFeature, type Plan, type PlanTool } from './measuring-plan.ts';
import { PictureStage } from './picture-stage.tsx';
import { PlainSettings, withSetting } from './plain-settings.tsx';
import { emptyPlan, PlanField } from './plan-field.tsx';
import { PlanLayer } from './plan-layer.tsx';
import { type Region, RegionLayer, regionOf, whole } from './region-layer.tsx';
import styles from './settings.module.css';
import { TriedResult } from './tried-result.tsx';
import { useKinds, useTried } from './use-kinds.ts';

interface SettingsEditorProps {
  readonly inspection: Inspection;
  /** Whether something is set that is not saved, so that no training begins without it. */
  onChanged(isChanged: boolean): void;
}

/** What a kind is told, beside a picture of the part: what is drawn there and what is typed is one thing, tried as it changes. */
export function SettingsEditor({ inspection, onChanged }: SettingsEditorProps) {
  const kinds = useKinds();
  if (kinds.error) return <ErrorNotice error={kinds.error} onRetry={() => void kinds.refetch()} />;
  const kind = kinds.data?.items.find(({ name }) => name === inspection.kind);
  if (!kinds.data || !kind) return <Splash />;
  return (
    <Editor
      key={inspection.id}
      inspection={inspection}
      onChanged={onChanged}
      schema={kind.settings as JsonSchema}
      learns={kind.learns}
      backbones={kinds.data.backbones}
    />
  );
}

interface EditorProps extends SettingsEditorProps {
  readonly schema: JsonSchema;
  readonly learns: boolean;
  readonly backbones: readonly string[];
}

function Editor({ inspection, onChanged, schema, learns, backbones }: EditorProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [settings, setSettings] = useState<KindSettings>(inspection.settings);
  const [pictureId, setPicture] = useState<string>();
  const [end, setEnd] = useState<DialEnd>('from');
  const [tool, setTool] = useState<PlanTool>('caliper');
  const [chosen, setChosen] = useState<string>();
  const change = useChangeInspection();
  const pictures = usePictures(inspection.datasetId, {}).data?.pages.flatMap(({ items }) => items) ?? [];
  const picture = pictures.find(({ id }) => id === pictureId) ?? pictures[0];
  const tried = useTried({
    ...{ datasetId: inspection.datasetId, kind: inspection.kind, settings },
    pictureId: learns ? undefined : picture?.id,
  });
  const has = (name: string) => schema.properties?.[name] !== undefined;
  const set = (name: string, value: unknown) => setSettings((current) => withSetting(current, name, value));
  const scale = settings.scale as DialScale | undefined;
  const region = (settings.region as Region | undefined) ?? whole;
  const plan = (settings.plan as Plan | null | undefined) ?? emptyPlan;
  const isChanged = JSON.stringify(settings) !== JSON.stringify(inspection.settings);
  useEffect(() => onChanged(isChanged), [isChanged, onChanged]);

  const drawn = (box: Parameters<typeof regionOf>[0]) => {
    if (has('region')) return set('region', regionOf(box, picture!));
    const feature = newFeature(plan.features, tool, box);
    if (!feature) return;
    set('plan', { ...plan, features: [...plan.features, feature] });
    setChosen(feature.name);
  };
  const mayWrite = may('manuvision.inspection.write');
  return (
    <Panel title={t('parts.settings.title')}>
      <div className={styles.editor}>
        <div className={styles.side}>
          {picture ? (
            <>
              <div className={styles.picker}>
                <Select
                  showSearch
                  aria-label={t('parts.settings.picture')}
                  value={picture.id}
                  options={pictures.map(({ id, fileName }) => ({ value: id, label: fileName }))}
                  optionFilterProp="label"
                  onChange={setPicture}
                />
                {has('region') && (
                  <Button disabled={settings.region === undefined} onClick={() => set('region', undefined)}>
                    {t('parts.settings.wholePicture')}
                  </Button>
                )}
              </div>
              <PictureStage
                datasetId={inspection.datasetId}
                picture={picture}
                label={t('parts.settings.stage', { name: picture.fileName })}
                onBox={mayWrite && (has('region') || has('plan')) ? drawn : undefined}
                onPoint={
                  mayWrite && has('scale')
                    ? (point) => {
                        set('scale', { ...(scale ?? usualScale), [`${end}Angle`]: angleAt(point, picture) });
                        setEnd(end === 'from' ? 'to' : 'from');
                      }
                    : undefined
                }
              >
                {has('region') && <RegionLayer region={region} picture={picture} />}
                {scale && <DialLayer scale={scale} picture={picture} />}
                {has('plan') && (
                  <PlanLayer
                    plan={plan}
                    chosen={chosen}
                    tried={tried.data}
                    size={Math.max(picture.width, picture.height) / 400}
                  />
                )}
                {!has('plan') &&
                  tried.data?.boxes.map(({ x, y, width, height }) => (
                    <rect key={`${x} ${y}`} className={styles.found} {...{ x, y, width, height }} />
                  ))}
              </PictureStage>
              {has('region') && <p className="soft">{t('parts.settings.drawRegion')}</p>}
            </>
          ) : (
            <p className="soft">{t('parts.settings.noPicture')}</p>
          )}
        </div>
        <fieldset className={styles.side} disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0 }}>
          {tried.error ? <ErrorNotice error={tried.error} /> : tried.data && <TriedResult tried={tried.data} />}
          {has('scale') && <DialField scale={scale} end={end} onEnd={setEnd} onChange={(next) => set('scale', next)} />}
          {has('format') && (
            <FormatField value={settings.format as string | undefined} onChange={(next) => set('format', next)} />
          )}
          {has('plan') && (
            <PlanField
              settings={settings}
              tool={tool}
              chosen={chosen}
              onTool={setTool}
              onChoose={setChosen}
              onChange={setSettings}
            />
          )}
          <PlainSettings schema={schema} backbones={backbones} value={settings} onChange={setSettings} />
          {mayWrite && (
            <div className={styles.actions}>
              <Button
                type={isChanged ? 'primary' : 'default'}
                disabled={!isChanged}
                loading={change.isPending}
                onClick={() =>
                  change.mutate({ id: inspection.id, settings }, { onSuccess: (kept) => setSettings(kept.settings) })
                }
              >
                {t('parts.settings.save')}
              </Button>
              <Button disabled={!isChanged} onClick={() => setSettings(inspection.settings)}>
                {t('parts.settings.revert')}
              </Button>
              <span className="soft">{t(isChanged ? 'parts.settings.unsaved' : 'parts.settings.next')}</span>
            </div>
          )}
        </fieldset>
      </div>
    </Panel>
  );
}
