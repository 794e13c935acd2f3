import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import type { JsonSchema } from '../../cloud/sources/schema-fields.ts';
import { useChangeInspection } from '../shared/use-inspections.ts';
import type { Inspection, KindSettings, PartPicture } from '../types.ts';
import { DialField } from './dial-field.tsx';
import type { DialEnd } from './dial-layer.tsx';
import type { DialScale } from './dial-scale.ts';
import { FormatField } from './format-field.tsx';
import type { PlanTool } from './measuring-plan.ts';
import { laysOnOne, useShownPicture } from './picture-pick.tsx';
import { PlainSettings, withSetting } from './plain-settings.tsx';
import { PlanField } from './plan-field.tsx';
import styles from './settings.module.css';
import { SettingsPicture } from './settings-picture.tsx';
import { TriedResult } from './tried-result.tsx';
import { useKinds, useTried } from './use-kinds.ts';

interface SettingsEditorProps {
  readonly inspection: Inspection;
  /** Whether something is set that is not saved, so that no training begins without it. */
  onChanged(isChanged: boolean): void;
  /** What is to be done here. */
  readonly hint?: string | undefined;
}

/** What a kind is told, beside a picture of the part: what is drawn there and what is typed is one thing, tried as it changes. */
export function SettingsEditor({ inspection, onChanged, hint }: SettingsEditorProps) {
  const kinds = useKinds();
  if (kinds.error) return <ErrorNotice error={kinds.error} onRetry={() => void kinds.refetch()} />;
  const kind = kinds.data?.items.find(({ name }) => name === inspection.kind);
  if (!kinds.data || !kind) return <Splash />;
  return (
    <Editor
      key={inspection.id}
      inspection={inspection}
      onChanged={onChanged}
      hint={hint}
      schema={kind.settings as JsonSchema}
      learns={kind.learns}
      backbones={kinds.data.backbones}
    />
  );
}

/** A scale that is drawn takes the place of these. */
const insteadOfScale = ['zeroAngle', 'turn'];

interface EditorProps extends SettingsEditorProps {
  readonly schema: JsonSchema;
  readonly learns: boolean;
  readonly backbones: readonly string[];
}

function Editor({ inspection, onChanged, hint, schema, learns, backbones }: EditorProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [settings, setSettings] = useState<KindSettings>(inspection.settings);
  const [picked, setPicked] = useState<PartPicture>();
  const [end, setEnd] = useState<DialEnd>('from');
  const [tool, setTool] = useState<PlanTool>('caliper');
  const [chosen, setChosen] = useState<string>();
  const change = useChangeInspection();
  const has = (name: string) => schema.properties?.[name] !== undefined;
  const base = laysOnOne(has, settings) ? String(settings.base ?? '') : undefined;
  const picture = useShownPicture(inspection, base, picked);
  const tried = useTried({
    ...{ datasetId: inspection.datasetId, kind: inspection.kind, settings },
    pictureId: learns ? undefined : picture?.id,
  });
  const set = (name: string, value: unknown) => setSettings((current) => withSetting(current, name, value));
  const scale = settings.scale as DialScale | undefined;
  const isChanged = JSON.stringify(settings) !== JSON.stringify(inspection.settings);
  useEffect(() => onChanged(isChanged), [isChanged, onChanged]);
  const mayWrite = may('manuvision.inspection.write');
  return (
    <Panel title={t('parts.settings.title')}>
      {hint && <p className={styles.hint}>{hint}</p>}
      <div className={styles.editor}>
        <div className={styles.side}>
          <SettingsPicture
            {...{ inspection, picture, settings, mayWrite, tool, chosen, end, has }}
            tried={tried.data}
            onPicture={setPicked}
            onChoose={setChosen}
            onEnd={setEnd}
            onSet={set}
          />
        </div>
        <fieldset className={styles.side} disabled={!mayWrite} style={{ border: 0, margin: 0, padding: 0 }}>
          {tried.error ? (
            <ErrorNotice error={tried.error} />
          ) : tried.data ? (
            <TriedResult tried={tried.data} />
          ) : (
            tried.isFetching && <p className="soft">{t('parts.settings.trying')}</p>
          )}
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
          <PlainSettings
            {...{ schema, backbones }}
            value={settings}
            idle={scale ? insteadOfScale : []}
            onChange={setSettings}
          />
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
