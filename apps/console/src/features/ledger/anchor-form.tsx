import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseAnchor } from './anchor.ts';
import styles from './chain-panel.module.css';
import type { Anchor } from './use-ledger.ts';

/** Takes a head that was kept earlier and asks whether the chain still passes through it. */
export function AnchorForm({ pending, onCheck }: { pending: boolean; onCheck(anchor: Anchor): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const anchor = parseAnchor(text);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (anchor) onCheck(anchor);
      }}
    >
      <Input
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder={t('ledger.chain.anchorPlaceholder')}
        aria-label={t('ledger.chain.checkAnchor')}
        className="mono"
      />
      <Button htmlType="submit" disabled={!anchor} loading={pending}>
        {t('ledger.chain.check')}
      </Button>
      {text !== '' && !anchor && <span className={styles.wrong}>{t('ledger.chain.anchorWrong')}</span>}
    </form>
  );
}
