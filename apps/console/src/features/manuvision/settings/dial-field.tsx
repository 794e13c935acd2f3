import { Button, InputNumber, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PartPicture } from '../types.ts';
import { type DialScale, placeAt } from './dial-scale.ts';
import styles from './settings.module.css';

export type DialEnd = 'from' | 'to';
export const usualScale: DialScale = { fromAngle: -135, toAngle: 135, from: 0, to: 10 };

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
        {number('to', t('parts.dial.toValue'))}
        {number('fromAngle', t('parts.dial.fromAngle'))}
        {number('toAngle', t('parts.dial.toAngle'))}
      </div>
      <Button type="text" onClick={() => onChange(undefined)}>
        {t('parts.dial.wholeTurn')}
      </Button>
    </div>
  );
}

/** Both ends of the scale over the picture. */
export function DialLayer({ scale, picture }: { readonly scale: DialScale; readonly picture: PartPicture }) {
  const middle = [picture.width / 2, picture.height / 2] as const;
  const size = Math.min(picture.width, picture.height) / 18;
  return (['from', 'to'] as const).map((end) => {
    const [x, y] = placeAt(scale[`${end}Angle`], 0.46, picture);
    return (
      <g key={end}>
        <line className={styles.region} x1={middle[0]} y1={middle[1]} x2={x} y2={y} strokeDasharray="5 4" />
        <text
          x={x}
          y={y}
          fontSize={size}
          textAnchor="middle"
          fill="#ffb000"
          stroke="#000"
          strokeWidth={size / 6}
          paintOrder="stroke"
        >
          {scale[end]}
        </text>
      </g>
    );
  });
}
