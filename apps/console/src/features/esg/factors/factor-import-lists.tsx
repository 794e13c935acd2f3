import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FactorImport } from '../types.ts';

/** What each row of an imported table comes to; what does not fit is named with its reasons. */
export function FactorImportLists({ result }: { result: FactorImport }) {
  const { t } = useTranslation();
  const { accepted, superseded, unchanged, rejected } = result;
  return (
    <>
      {rejected.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('esg.factorImport.rejected', { n: rejected.length })}
          description={
            <ul>
              {rejected.map(({ row, id, reasons }) => (
                <li key={row}>
                  {t('esg.factorImport.row', { n: row })} {id && <code className="mono">{id}</code>}:{' '}
                  {reasons.join('; ')}
                </li>
              ))}
            </ul>
          }
        />
      )}
      <section>
        <h3>{t('esg.factorImport.accepted', { n: accepted.length })}</h3>
        <ul className="mono">
          {accepted.map((key) => (
            <li key={key}>{key}</li>
          ))}
        </ul>
      </section>
      {superseded.length > 0 && (
        <section>
          <h3>{t('esg.factorImport.superseded', { n: superseded.length })}</h3>
          <ul className="mono">
            {superseded.map((pair) => (
              <li key={pair.row}>
                {pair.old} → {pair.new}
              </li>
            ))}
          </ul>
        </section>
      )}
      {unchanged.length > 0 && <p className="soft">{t('esg.factorImport.unchanged', { n: unchanged.length })}</p>}
    </>
  );
}
