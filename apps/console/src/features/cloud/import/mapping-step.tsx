import { Alert, Button, Select, Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ColumnTable } from './column-table.tsx';
import { DialectFields } from './dialect-fields.tsx';
import { GuessTable } from './guess-table.tsx';
import styles from './import-page.module.css';
import { doubtful, type Inspection, type Mapping, problemsOf } from './mapping.ts';
import { PreviewTable } from './preview-table.tsx';
import { TimeFields } from './time-fields.tsx';
import type { useImportWizard } from './use-import-wizard.ts';

interface MappingStepProps {
  readonly wizard: ReturnType<typeof useImportWizard>;
  readonly inspection: Inspection;
  /** As corrected so far. */
  readonly mapping: Mapping;
}

/** How the file will be read, why, and how sure that is; everything can be corrected. */
export function MappingStep({ wizard, inspection, mapping }: MappingStepProps) {
  const { t } = useTranslation();
  const say = useNote();
  const format = useFormat();
  const problems = problemsOf(mapping);
  const doubts = inspection.guesses.filter(({ confidence }) => confidence < doubtful).length;
  const fields = { mapping, onChange: wizard.correct };
  const { remembered } = inspection;
  const { forget, lookAgain, preview } = wizard;
  return (
    <>
      <div className={styles.notices}>
        {remembered && (
          <Alert
            type="success"
            showIcon
            title={t('cloud.import.remembered', {
              file: remembered.fileName,
              by: remembered.by,
              date: format.date(remembered.at),
            })}
            action={
              <Button size="small" loading={forget.isPending} onClick={() => forget.mutate()}>
                {t('cloud.import.forget')}
              </Button>
            }
          />
        )}
        {doubts > 0 && !remembered && <Alert type="warning" showIcon title={t('cloud.import.doubts', { n: doubts })} />}
        {inspection.warnings.map((note) => (
          <Alert key={note.text} type="warning" showIcon title={say(note)} />
        ))}
        {problems.map((key) => (
          <Alert key={key} type="error" showIcon title={t(`cloud.import.problems.${key}`)} />
        ))}
      </div>
      <Panel
        title={inspection.fileName}
        extra={
          inspection.sheets &&
          inspection.sheets.length > 1 && (
            <Select
              aria-label={t('cloud.import.sheet')}
              value={mapping.sheet}
              onChange={(sheet) => lookAgain.mutate({ sheet })}
              options={inspection.sheets.map((value) => ({ value, label: value }))}
            />
          )
        }
      >
        <Tabs
          items={[
            { key: 'columns', label: t('cloud.import.tabs.columns'), children: <ColumnTable {...fields} /> },
            { key: 'time', label: t('cloud.import.tabs.time'), children: <TimeFields {...fields} /> },
            { key: 'format', label: t('cloud.import.tabs.format'), children: <DialectFields {...fields} /> },
            {
              key: 'reasons',
              label: t('cloud.import.tabs.reasons'),
              children: <GuessTable guesses={inspection.guesses} />,
            },
          ]}
        />
      </Panel>
      {[lookAgain.error, forget.error, preview.error].map(
        (error) => error && <ErrorNotice key={error.message} error={error} />,
      )}
      <Panel title={t('cloud.import.preview', { n: format.number(inspection.sampledRows, 0) })} flush>
        <PreviewTable rows={preview.rows} isOld={preview.isOld} mapping={mapping} />
      </Panel>
      <div className={styles.footer}>
        <Button
          type="primary"
          disabled={problems.length > 0 || lookAgain.isPending || preview.error !== null}
          loading={wizard.start.isPending}
          onClick={() => wizard.start.mutate()}
        >
          {t('cloud.import.start')}
        </Button>
        <span className="faint">{t('cloud.import.startHint')}</span>
      </div>
      {wizard.start.error && <ErrorNotice error={wizard.start.error} />}
    </>
  );
}
