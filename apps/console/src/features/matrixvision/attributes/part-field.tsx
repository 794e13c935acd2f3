import { Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { BodyPart } from '../types.ts';
import styles from './attributes.module.css';
import { bodyParts } from './body-parts.ts';
import { PartPicture } from './part-picture.tsx';

interface PartFieldProps {
  readonly id?: string;
  readonly value?: BodyPart;
  onChange?(part: BodyPart): void;
}

/** The part of the body that is looked at, chosen by its name or on the figure. */
export function PartField({ id, value, onChange }: PartFieldProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.partField}>
      <PartPicture part={value} onChoose={onChange} />
      <Radio.Group
        id={id}
        value={value}
        onChange={(event) => onChange?.(event.target.value as BodyPart)}
        className={styles.partChoices!}
        options={bodyParts.map((part) => ({
          value: part,
          label: (
            <>
              <b>{t(`video.attributes.parts.${part}`)}</b>
              <span className={styles.partHint}>{t(`video.attributes.partHint.${part}`)}</span>
            </>
          ),
        }))}
      />
    </div>
  );
}
