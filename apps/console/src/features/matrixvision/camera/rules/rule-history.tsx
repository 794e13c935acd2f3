import { Button, Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { useTerm } from '../../../../app/i18n/use-term.ts';
import { useSession } from '../../../../app/session.tsx';
import { ErrorNotice } from '../../../../components/error-notice.tsx';
import { Splash } from '../../../../components/splash.tsx';
import styles from '../camera.module.css';
import { type Draft, draftOf } from './draft.ts';
import { useRuleHistory } from './use-rule-set.ts';

interface RuleHistoryProps {
  readonly cameraId: string;
  readonly current: number;
  onClose(): void;
  onRestore(draft: Draft): void;
}

/** Every version of the rules; one of them can be taken into the editor again. */
export function RuleHistory({ cameraId, current, onClose, onRestore }: RuleHistoryProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const term = useTerm();
  const { may } = useSession();
  const { data, error, refetch } = useRuleHistory(cameraId);
  return (
    <Drawer open size={460} title={t('video.rules.history')} onClose={onClose}>
      {error ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Splash />
      ) : data.length === 0 ? (
        <p className="soft">{t('video.rules.noHistory')}</p>
      ) : (
        <ol className={styles.history}>
          {data.map((set) => (
            <li key={set.version}>
              <span>
                <b>{t('video.rules.versionShort', { n: set.version })}</b>{' '}
                <span className="faint">{format.dateTime(set.at)}</span>
                <br />
                {t('video.rules.versionBy', { who: term('actor', set.by), n: set.rules.rules.length })}
              </span>
              {set.version === current ? (
                <span className="faint">{t('video.rules.inForce')}</span>
              ) : (
                may('matrixvision.camera.write') && (
                  <Button size="small" onClick={() => onRestore(draftOf(set))}>
                    {t('video.rules.restore')}
                  </Button>
                )
              )}
            </li>
          ))}
        </ol>
      )}
      <p className={styles.hint}>{t('video.rules.restoreHint')}</p>
    </Drawer>
  );
}
