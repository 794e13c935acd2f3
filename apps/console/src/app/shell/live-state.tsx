import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../../api/use-live.ts';
import styles from './top-bar.module.css';

/** Whether figures on the page still move by themselves. */
export function LiveState() {
  const { t } = useTranslation();
  const state = useLiveState();
  return (
    <Tooltip title={t(`live.${state}.hint`)}>
      <span className={styles.live} role="status">
        <span className={styles.dot} data-state={state} />
        <span className={styles.label}>{t(`live.${state}.label`)}</span>
      </span>
    </Tooltip>
  );
}
