import { CloseOutlined, EyeInvisibleOutlined, SwapOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import { useUndo } from '../../../components/use-undo.tsx';
import type { Attribute, Example } from '../types.ts';
import styles from './attributes.module.css';
import { ExamplePicture } from './example-picture.tsx';
import { useCorrectExample, useRemoveExample, useRestoreExample } from './use-attributes.ts';

interface ExampleListProps {
  readonly attribute: Attribute;
  readonly title: string;
  readonly examples: readonly Example[];
  readonly writes: boolean;
}

/** The examples of one side, newest first, as they are learnt from; each can be put on the other side or taken away. */
export function ExampleList({ attribute, title, examples, writes }: ExampleListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const correct = useCorrectExample(attribute.id);
  const remove = useRemoveExample(attribute.id);
  const restore = useRestoreExample(attribute.id);
  const offerUndo = useUndo();
  const takeAway = ({ id }: Example) =>
    remove.mutate(id, {
      onSuccess: () => offerUndo(id, t('video.attributes.exampleRemoved'), () => restore.mutateAsync(id)),
    });
  return (
    <Panel title={title} extra={<span className="soft">{format.number(examples.length, 0)}</span>}>
      {examples.length === 0 ? (
        <p className="soft">{t('video.attributes.noExamples')}</p>
      ) : (
        <ul className={styles.patches}>
          {examples.toReversed().map((example) => (
            <li key={example.id} className={styles.patch}>
              {example.hidden ? (
                <span className={styles.hiddenPatch} title={t('video.attributes.hidden')}>
                  <EyeInvisibleOutlined />
                </span>
              ) : (
                <ExamplePicture attributeId={attribute.id} example={example} />
              )}
              {writes && (
                <span className={styles.patchTools}>
                  <Tooltip title={t(example.present ? 'video.attributes.toAbsent' : 'video.attributes.toPresent')}>
                    <Button
                      size="small"
                      type="text"
                      icon={<SwapOutlined />}
                      aria-label={t(example.present ? 'video.attributes.toAbsent' : 'video.attributes.toPresent')}
                      onClick={() => correct.mutate({ id: example.id, present: !example.present })}
                    />
                  </Tooltip>
                  <Button
                    size="small"
                    type="text"
                    icon={<CloseOutlined />}
                    aria-label={t('video.attributes.removeExample')}
                    onClick={() => takeAway(example)}
                  />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
