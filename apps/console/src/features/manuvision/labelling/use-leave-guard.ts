import { App } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';
import type { SessionBook } from './session/session-book.ts';

/** Saves before another picture or page is opened, and asks where that fails; closing the window with unsaved work warns. */
export function useLeaveGuard(book: SessionBook): void {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const blocker = useBlocker(
    ({ currentLocation: from, nextLocation: to }) =>
      book.hasUnsaved && (from.pathname !== to.pathname || pictureOf(from.search) !== pictureOf(to.search)),
  );
  const latest = useRef(blocker);
  latest.current = blocker;
  const isBlocked = blocker.state === 'blocked';
  useEffect(() => {
    if (!isBlocked) return;
    const go = () => latest.current.state === 'blocked' && latest.current.proceed();
    const stay = () => latest.current.state === 'blocked' && latest.current.reset();
    void book.flush().then((state) => {
      if (state === 'saved') return go();
      if (state === 'conflict') {
        void message.warning(t('labelling.conflict.first'));
        return stay();
      }
      modal.confirm({
        title: t('labelling.leave.title'),
        content: t('labelling.leave.text'),
        okText: t('labelling.leave.go'),
        okButtonProps: { danger: true },
        autoFocusButton: 'cancel',
        cancelText: t('labelling.leave.stay'),
        onOk: () => void go(),
        onCancel: () => void stay(),
      });
    });
  }, [isBlocked, book, modal, message, t]);
  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!book.hasUnsaved) return;
      event.preventDefault();
      void book.flush();
    };
    addEventListener('beforeunload', onLeave);
    return () => removeEventListener('beforeunload', onLeave);
  }, [book]);
}

const pictureOf = (search: string) => new URLSearchParams(search).get('picture');
