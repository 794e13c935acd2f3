import { useTranslation } from 'react-i18next';
import type { LedgerEntry } from '../../api/types.ts';
import { useActorName } from '../../app/i18n/use-actor-name.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useTerm } from '../../app/i18n/use-term.ts';
import { Clipped } from '../../components/clipped.tsx';
import type { Column } from '../../components/data-table/column.ts';
import { EvidenceLink } from '../../components/evidence/evidence-link.tsx';
import { useEntryType } from '../../components/evidence/use-entry-type.ts';
import { HashText } from '../../components/hash-text.tsx';
import { summaryOf } from './summary.ts';
import { useValueText } from './use-value-text.ts';

export function useLedgerColumns(): Column<LedgerEntry>[] {
  const { t } = useTranslation();
  const actorName = useActorName();
  const format = useFormat();
  const entryType = useEntryType();
  const term = useTerm();
  const wording = { word: (name: string) => term('field', name), said: useValueText() };
  const summary = (entry: LedgerEntry) => summaryOf(entry, wording);
  return [
    { key: 'sequence', title: '#', value: ({ sequence }) => sequence, align: 'right', width: 70 },
    {
      key: 'at',
      title: t('ledger.columns.at'),
      value: ({ at }) => at,
      render: ({ at }) => <span className="nowrap">{format.dateTime(at)}</span>,
    },
    {
      key: 'kind',
      title: t('ledger.columns.kind'),
      value: ({ kind }) => t(`ledger.one.${kind}`),
      render: ({ kind, id }) => (kind === 'finding' ? <EvidenceLink id={id} /> : t('ledger.one.action')),
      width: 110,
    },
    { key: 'type', title: t('ledger.columns.type'), value: ({ type }) => entryType(type) },
    { key: 'code', title: t('ledger.columns.code'), value: ({ type }) => type, exportOnly: true },
    { key: 'actor', title: t('ledger.columns.actor'), value: ({ actor }) => actorName(actor) },
    {
      key: 'summary',
      title: t('ledger.columns.summary'),
      value: summary,
      render: (entry) => <Clipped text={summary(entry)} width={310} />,
    },
    {
      key: 'hash',
      title: t('ledger.columns.hash'),
      value: ({ hash }) => hash,
      render: ({ hash }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: keeps a click on the copy button from opening the row.
        // biome-ignore lint/a11y/useKeyWithClickEvents: the button inside has its own keys.
        <span onClick={(event) => event.stopPropagation()}>
          <HashText hash={hash} />
        </span>
      ),
      width: 200,
    },
  ];
}
