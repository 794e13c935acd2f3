import { Button, InputNumber, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DialEnd } from './dial-layer.tsx';
import { type DialScale, usualScale } from './dial-scale.ts';
import styles from './settings.module.css';

interface DialFieldProps {
  readonly scale: DialScale | undefined;
  /** Which end the next click on the picture sets. */
  readonly end: DialEnd;
  onEnd(end: DialEnd): void;
  onChange(scale: DialScale | undefined): void;
}

/** The ends of a dial's scale: by a click on the picture each, with the figures there. */
export function DialField({ scale, end, onEnd, onChange }: DialFieldProps) {
  const { t } = useTranslation();
  if (!scale) return <Button onClick={() => onChange(usualScale)}>{t('parts.dial.setScale')}</Button>;
  const number = (name: keyof DialScale, label: string) => (
    <div className={styles.field}>
      <span>{label}</span>
      <InputNumber
        aria-label={label}
        value={scale[name]}
        onChange={(value) => value !== null && onChange({ ...scale, [name]: value })}
        style={{ width: '100%' }}
      />
    </div>
  );
  return (
    <div className={styles.feature}>
      <div className={styles.field}>
        <span>{t('parts.dial.click')}</span>
        <Segmented
          block
          value={end}
          options={(['from', 'to'] as const).map((one) => ({ value: one, label: t(`parts.dial.${one}`) }))}
          onChange={onEnd}
        />
      </div>
      <div className={styles.pair}>
        {number('from', t('parts.dial.fromValue'))}
        {number('fromAngle', t('parts.dial.fromAngle'))}
      </div>
      <div className={styles.pair}>
        {number('to', t('parts.dial.toValue'))}
        {number('toAngle', t('parts.dial.toAngle'))}
      </div>
      <Button type="text" onClick={() => onChange(undefined)}>
        {t('parts.dial.wholeTurn')}
      </Button>
    </div>
  );
}
