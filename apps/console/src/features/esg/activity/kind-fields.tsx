import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FactorSelect } from '../shared/factor-select.tsx';
import { SteamFields } from '../shared/steam-fields.tsx';
import styles from './activity.module.css';
import { calorificUnits, fuels, isMass, media } from './activity-fields.ts';
import type { FormPartProps } from './form-parts.ts';

/** What only electricity, only a fuel or only heat has. */
export function KindFields({ form }: FormPartProps) {
  const { t } = useTranslation();
  const kind = Form.useWatch('kind', form) ?? 'electricity';
  const unit = Form.useWatch('unit', form) ?? '';
  const siteId = Form.useWatch('siteId', form);
  if (kind === 'water' || kind === 'floor-area') return null;
  return (
    <>
      {kind === 'fuel' && <FuelFields />}
      {kind === 'heat' && (
        <Form.Item name="medium" label={t('esg.activity.medium')} initialValue="steam">
          <Select options={media.map((value) => ({ value, label: t(`esg.medium.${value}`) }))} />
        </Form.Item>
      )}
      {kind === 'heat' && isMass(unit) && <SteamFields />}
      {kind !== 'fuel' && siteId === null && (
        <Form.Item name="region" label={t('esg.factor.region')} extra={t('esg.activity.regionHint')}>
          <Input placeholder="CN" maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="factor" label={t('esg.factor.title')} extra={t('esg.activity.factorHint')}>
        <FactorSelect key={kind} carrier={kind} placeholder={t('esg.factor.usual')} />
      </Form.Item>
      {kind === 'electricity' && (
        <Form.Item name="claimedRenewableMWh" label={t('esg.activity.claimed')} extra={t('esg.activity.claimedHint')}>
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
      )}
    </>
  );
}

function FuelFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="fuel" label={t('esg.fuelName')} rules={[{ required: true, message: t('esg.missing') }]}>
        <Select options={fuels.map((value) => ({ value, label: t(`esg.fuel.${value}`) }))} />
      </Form.Item>
      <div className={styles.pair}>
        <Form.Item
          name="netCalorificValue"
          label={t('esg.activity.calorific')}
          tooltip={t('esg.activity.calorificHint')}
        >
          <Input inputMode="decimal" autoComplete="off" />
        </Form.Item>
        <Form.Item name="netCalorificUnit" label={t('esg.unit')} initialValue="MJ/m3">
          <Select options={calorificUnits.map((value) => ({ value, label: value }))} />
        </Form.Item>
      </div>
      <Form.Item name="densityKgPerL" label={t('esg.activity.density')} tooltip={t('esg.activity.densityHint')}>
        <Input inputMode="decimal" autoComplete="off" />
      </Form.Item>
    </>
  );
}
