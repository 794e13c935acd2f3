import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Example } from '../types.ts';
import styles from './attributes.module.css';

interface ExamplePictureProps {
  readonly attributeId: string;
  readonly example: Pick<Example, 'id' | 'present' | 'at'>;
}

/** The part as it is learnt from: 48 by 48 pixels, shown larger. */
export function ExamplePicture({ attributeId, example: { id, present, at } }: ExamplePictureProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <img
      className={styles.patchPicture}
      src={`/api/matrixvision/attributes/${attributeId}/examples/${id}/picture.png`}
      alt={t(present ? 'video.attributes.exampleWith' : 'video.attributes.exampleWithout', {
        when: format.minute(at),
      })}
      loading="lazy"
    />
  );
}
