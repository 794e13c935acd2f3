import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input, InputNumber, Segmented, Select, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNotify } from '../../../components/use-notify.ts';
import type { KindSettings } from '../types.ts';
import {
  changeFeature,
  drawnTools,
  isDrawn,
  joiningTools,
  measures,
  newFeature,
  type Plan,
  type PlanFeature,
  type PlanTool,
  withoutFeature,
} from './measuring-plan.ts';
import styles from './settings.module.css';

export const emptyPlan: Plan = { format: 1, unit: 'px', features: [] };

interface PlanFieldProps {
  readonly settings: KindSettings;
  /** What a box on the picture becomes. */
  readonly tool: PlanTool;
  readonly chosen: string | undefined;
  onTool(tool: PlanTool): void;
  onChoose(name: string | undefined): void;
  onChange(settings: KindSettings): void;
}

/** A measuring plan: features that were drawn or joined, each with its nominal value and tolerance, and the calibration. */
export function PlanField({ settings, tool, chosen, onTool, onChoose, onChange }: PlanFieldProps) {
  const { t } = useTranslation();
  const { failed } = useNotify();
  const plan = (settings.plan as Plan | null | undefined) ?? emptyPlan;
  const setPlan = (next: Plan) => onChange({ ...settings, plan: next.features.length > 0 ? next : null });
  const add = (kind: PlanTool) => {
    const feature = newFeature(plan.features, kind);
    if (!feature) return;
    setPlan({ ...plan, features: [...plan.features, feature] });
    onChoose(feature.name);
  };
  const load = (name: 'plan' | 'calibration') => (file: File) => {
    void file
      .text()
      .then((text) => onChange({ ...settings, [name]: JSON.parse(text) }))
      .catch(failed);
    return false;
  };
  const isCalibrated = Boolean(settings.calibration);
  return (
    <>
      <div className={styles.field}>
        <span>{t('parts.plan.draw')}</span>
        <Segmented
          block
          size="small"
          value={tool}
          options={drawnTools.map((one) => ({ value: one, label: t(`parts.plan.tools.${one}`) }))}
          onChange={onTool}
        />
      </div>
      <div className={styles.actions}>
        {joiningTools.map((one) => (
          <Button key={one} size="small" disabled={!newFeature(plan.features, one)} onClick={() => add(one)}>
            {t(`parts.plan.add.${one}`)}
          </Button>
        ))}
        <Upload accept=".json" showUploadList={false} beforeUpload={load('calibration')}>
          <Button size="small">{t(isCalibrated ? 'parts.plan.calibrated' : 'parts.plan.calibration')}</Button>
        </Upload>
        <Upload accept=".json" showUploadList={false} beforeUpload={load('plan')}>
          <Button size="small">{t('parts.plan.load')}</Button>
        </Upload>
      </div>
      <div className={styles.pair}>
        <Segmented<Plan['unit']>
          aria-label={t('parts.plan.unit')}
          value={plan.unit}
          options={[
            { value: 'px', label: t('parts.plan.px') },
            { value: 'mm', label: 'mm', disabled: !isCalibrated },
          ]}
          onChange={(unit) => setPlan({ ...plan, unit })}
        />
        <Select
          aria-label={t('parts.plan.rule')}
          value={plan.rule ?? 'simple'}
          options={(['simple', 'iso14253'] as const).map((rule) => ({
            value: rule,
            label: t(`parts.plan.rules.${rule}`),
          }))}
          onChange={(rule) => setPlan({ ...plan, rule })}
        />
      </div>
      {plan.features.map((feature) => (
        <FeatureField
          key={feature.name}
          feature={feature}
          features={plan.features}
          isChosen={feature.name === chosen}
          onChoose={() => onChoose(feature.name)}
          onChange={(to) => {
            setPlan({ ...plan, features: changeFeature(plan.features, feature.name, to) });
            onChoose(to.name);
          }}
          onRemove={() => setPlan({ ...plan, features: withoutFeature(plan.features, feature.name) })}
        />
      ))}
      {plan.features.length === 0 && <p className="soft">{t('parts.plan.empty')}</p>}
    </>
  );
}

interface FeatureFieldProps {
  readonly feature: PlanFeature;
  readonly features: readonly PlanFeature[];
  readonly isChosen: boolean;
  onChoose(): void;
  onChange(feature: PlanFeature): void;
  onRemove(): void;
}

function FeatureField({ feature, features, isChosen, onChoose, onChange, onRemove }: FeatureFieldProps) {
  const { t } = useTranslation();
  const known = measures[feature.tool] ?? [];
  const number = (name: 'nominal' | 'plus' | 'minus') => (
    <InputNumber
      aria-label={t(`parts.plan.${name}`)}
      prefix={name === 'plus' ? '+' : name === 'minus' ? '−' : undefined}
      placeholder={t(name === 'nominal' ? 'parts.plan.nominal' : 'parts.plan.tolerance')}
      min={name === 'nominal' ? undefined : 0}
      value={feature[name] ?? null}
      onChange={(value) => {
        const { [name]: _, ...rest } = feature;
        onChange(value === null ? (rest as PlanFeature) : { ...feature, [name]: value });
      }}
      style={{ width: '100%' }}
    />
  );
  return (
    <fieldset className={styles.feature} data-chosen={isChosen} onFocus={onChoose}>
      <div className={styles.line}>
        <Input
          aria-label={t('parts.plan.name')}
          defaultValue={feature.name}
          maxLength={80}
          onBlur={({ target: { value } }) => {
            const name = value.trim();
            if (name && name !== feature.name && !features.some((one) => one.name === name))
              onChange({ ...feature, name });
          }}
        />
        {known.length > 0 && (
          <Select
            aria-label={t('parts.plan.measure')}
            value={feature.measure ?? known[0]!}
            options={known.map((one) => ({ value: one, label: t(`parts.plan.measures.${one}`) }))}
            onChange={(measure) => onChange({ ...feature, measure })}
            style={{ minWidth: 110 }}
          />
        )}
        <Button type="text" icon={<DeleteOutlined />} aria-label={t('actions.delete')} onClick={onRemove} />
      </div>
      {feature.of && feature.of.length === 2 && (
        <div className={styles.pair}>
          {feature.of.map((of, at) => (
            <Select
              // biome-ignore lint/suspicious/noArrayIndexKey: the first and the second of two.
              key={at}
              aria-label={t('parts.plan.between')}
              value={of}
              options={features
                .slice(0, features.indexOf(feature))
                .filter((one) => isDrawn(one.tool))
                .map(({ name }) => ({ value: name, label: name }))}
              onChange={(name) => onChange({ ...feature, of: feature.of!.with(at, name) })}
            />
          ))}
        </div>
      )}
      <div className={styles.pair}>
        {number('nominal')}
        {number('plus')}
        {number('minus')}
      </div>
    </fieldset>
  );
}
