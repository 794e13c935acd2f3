import { App } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useBeforeUnload, useBlocker } from 'react-router';

/** Asks before what was drawn and not saved is lost. */
export function useLeaveGuard(isChanged: boolean): void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  useBeforeUnload((event) => {
    if (isChanged) event.preventDefault();
  });
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isChanged && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (blocker.state !== 'blocked') return;
    modal.confirm({
      title: t('video.rules.leave'),
      content: t('video.rules.leaveHint'),
      okText: t('video.rules.leaveOk'),
      okButtonProps: { danger: true },
      onOk: () => blocker.proceed(),
      onCancel: () => blocker.reset(),
    });
  }, [blocker, modal, t]);
}
