import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';

const shownSeconds = 10;

/** Says what was done and offers for a while to take it back. */
export function useUndo(): (id: string, done: string, undo: () => Promise<unknown>) => void {
  const { t } = useTranslation();
  const { notification } = App.useApp();
  return (id, done, undo) => {
    const key = `undo-${id}`;
    const takeBack = () => {
      notification.destroy(key);
      // What went wrong is said by the change itself.
      undo().catch(() => undefined);
    };
    notification.success({
      key,
      title: done,
      duration: shownSeconds,
      placement: 'bottomRight',
      actions: (
        <Button size="small" onClick={takeBack}>
          {t('actions.undo')}
        </Button>
      ),
    });
  };
}
