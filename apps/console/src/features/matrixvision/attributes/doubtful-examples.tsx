import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import type { Attribute, AttributeVersion } from '../types.ts';
import styles from './attributes.module.css';
import { ExamplePicture } from './example-picture.tsx';
import { useCorrectExample, useExamples } from './use-attributes.ts';

interface DoubtfulExamplesProps {
  readonly attribute: Attribute;
  readonly version: AttributeVersion;
  readonly writes: boolean;
}

/** Examples that the others contradict, the surest first: a wrong click is among them, and is put right with one. */
export function DoubtfulExamples({ attribute, version, writes }: DoubtfulExamplesProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const examples = useExamples(attribute.id).data ?? [];
  const correct = useCorrectExample(attribute.id);
  const shown = version.doubtful.flatMap((doubt) => {
    const example = examples.find(({ id }) => id === doubt.id);
    return example ? [{ doubt, example }] : [];
  });
  if (shown.length === 0) return null;
  const isCorrected = shown.some(({ doubt, example }) => example.present !== doubt.present);
  return (
    <Panel
      title={t('video.attributes.doubtful', { n: shown.length })}
      extra={
        isCorrected && <Link to={`/video/attributes/${attribute.id}`}>{t('video.attributes.teachCorrected')}</Link>
      }
    >
      <p className="soft">{t('video.attributes.doubtfulHint')}</p>
      <ul className={styles.doubtful}>
        {shown.map(({ doubt, example }) => (
          <li key={doubt.id} data-corrected={example.present !== doubt.present}>
            {example.hidden ? (
              <span className={styles.hiddenPatch}>{t('video.attributes.hidden')}</span>
            ) : (
              <ExamplePicture attributeId={attribute.id} example={example} />
            )}
            <span className={styles.doubtText}>
              {t(doubt.present ? 'video.attributes.clickedWith' : 'video.attributes.clickedWithout')}
              <span className="soft">
                {t(doubt.present ? 'video.attributes.othersWithout' : 'video.attributes.othersWith', {
                  share: format.percent(doubt.present ? 1 - doubt.probability : doubt.probability, 0),
                })}
              </span>
            </span>
            {writes && (
              <Button
                size="small"
                icon={<SwapOutlined />}
                onClick={() => correct.mutate({ id: example.id, present: !example.present })}
              >
                {example.present !== doubt.present
                  ? t('actions.undo')
                  : t(example.present ? 'video.attributes.toAbsent' : 'video.attributes.toPresent')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
