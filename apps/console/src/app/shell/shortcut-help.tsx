import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { pages } from '../pages.ts';
import { useSession } from '../session.tsx';
import styles from './shortcut-help.module.css';

export function ShortcutHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const reachable = pages.filter(({ letter, permission }) => letter && (!permission || may(permission)));
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t('shortcuts.title')} width={620}>
      <dl className={styles.list}>
        <div>
          <dt>
            <kbd>Ctrl</kbd> <kbd>k</kbd>
          </dt>
          <dd>{t('palette.title')}</dd>
        </div>
        <div>
          <dt>
            <kbd>↑</kbd> <kbd>↓</kbd>
          </dt>
          <dd>{t('shortcuts.rows')}</dd>
        </div>
        <div>
          <dt>
            <kbd>/</kbd>
          </dt>
          <dd>{t('shortcuts.search')}</dd>
        </div>
        <div>
          <dt>
            <kbd>?</kbd>
          </dt>
          <dd>{t('shortcuts.help')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>{t('shortcuts.close')}</dd>
        </div>
        <div>
          <dt>
            <kbd>Enter</kbd>
          </dt>
          <dd>{t('shortcuts.open')}</dd>
        </div>
        {reachable.map(({ id, letter }) => (
          <div key={id}>
            <dt>
              <kbd>g</kbd> <kbd>{letter}</kbd>
            </dt>
            <dd>{t(`pages.${id}.title`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
