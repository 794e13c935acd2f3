import { useMutation } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../../../../api/client.ts';
import { useFormat } from '../../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../../components/error-notice.tsx';
import { Panel } from '../../../../components/panel.tsx';
import type { RuleSet } from '../../types.ts';
import styles from '../camera.module.css';
import type { Draft } from './draft.ts';
import { type RecountRow, recountRows } from './recount-rows.ts';
import { useRuleWords } from './use-rule-words.ts';

const hours = { '1h': 1, '6h': 6, '24h': 24 } as const;
type Span = keyof typeof hours;
const hourMs = 3_600_000;

interface RecountPanelProps {
  readonly cameraId: string;
  readonly draft: Draft;
  readonly isValid: boolean;
}

/** What the rules as they are drawn now would have counted, beside what was counted. */
export function RecountPanel({ cameraId, draft, isValid }: RecountPanelProps) {
  const { t } = useTranslation();
  const [span, setSpan] = useState<Span>('1h');
  const recount = useMutation({
    mutationFn: () => {
      const to = Date.now();
      const period = { from: new Date(to - hours[span] * hourMs).toISOString(), to: new Date(to).toISOString() };
      return answer(
        api.POST('/api/matrixvision/cameras/{id}/recount', {
          params: { path: { id: cameraId } },
          body: { rules: draft as unknown as RuleSet['rules'], ...period },
        }),
      );
    },
  });
  return (
    <Panel
      title={t('video.recount.title')}
      extra={
        <span className={styles.recountTools}>
          <Segmented<Span>
            size="small"
            aria-label={t('video.recount.span')}
            value={span}
            onChange={setSpan}
            options={(Object.keys(hours) as Span[]).map((value) => ({
              value,
              label: t(`video.recount.last.${value}`),
            }))}
          />
          <Button
            size="small"
            disabled={!isValid || draft.rules.length === 0}
            loading={recount.isPending}
            onClick={() => recount.mutate()}
          >
            {t('video.recount.run')}
          </Button>
        </span>
      }
    >
      {recount.error ? (
        <ErrorNotice error={recount.error} onRetry={() => recount.mutate()} />
      ) : recount.data ? (
        <RecountTable draft={draft} rows={recountRows(recount.data.rules)} />
      ) : (
        <p className="soft">{t('video.recount.hint')}</p>
      )}
    </Panel>
  );
}

function RecountTable({ draft, rows }: { draft: Draft; rows: readonly RecountRow[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useRuleWords();
  const nameOf = (id: string) => String(draft.rules.find((rule) => rule.id === id)?.name ?? id);
  if (rows.length === 0) return <p className="soft">{t('video.recount.nothing')}</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.recount}>
        <thead>
          <tr>
            <th scope="col">{t('video.events.rule')}</th>
            <th scope="col">{t('video.recount.figure')}</th>
            <th scope="col">{t('video.recount.old')}</th>
            <th scope="col">{t('video.recount.new')}</th>
            <th scope="col">{t('video.recount.difference')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ rule, figure, before, after }) => (
            <tr key={`${rule} ${figure}`} data-changed={before !== after}>
              <th scope="row" data-raw>
                {nameOf(rule)}
              </th>
              <td>{words.count(figure)}</td>
              <td>{format.number(before, 0)}</td>
              <td>{format.number(after, 0)}</td>
              <td>
                {before !== undefined && after !== undefined && before !== after
                  ? `${after > before ? '+' : '−'}${format.number(Math.abs(after - before), 0)}`
                  : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some(({ unjudged }) => unjudged) ? <p className="soft">{t('video.recount.unjudged')}</p> : null}
    </div>
  );
}
