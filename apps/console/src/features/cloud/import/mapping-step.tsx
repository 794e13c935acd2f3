import { Alert, Button, Select, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { ColumnTable } from './column-table.tsx';
import { DialectFields } from './dialect-fields.tsx';
import { GuessTable } from './guess-table.tsx';
import styles from './import-page.module.css';
import { doubtful, type Inspection, problemsOf } from './mapping.ts';
import { PreviewTable } from './preview-table.tsx';
import { TimeFields } from './time-fields.tsx';
import type { useImportWizard } from './use-import-wizard.ts';

interface MappingStepProps {
  readonly wizard: ReturnType<typeof useImportWizard>;
  readonly inspection: Inspection;
}

/** How the file will be read, why, and how sure that is; everything can be corrected. */
export function MappingStep({ wizard, inspection }: MappingStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [mapping, setMapping] = useState(inspection.mapping);
  const problems = problemsOf(mapping);
  const doubts = inspection.guesses.filter(({ confidence }) => confidence < doubtful).length;
  const fields = { mapping, onChange: setMapping };
  return (
    <>
      <div className={styles.notices}>
        {inspection.remembered && <Alert type="success" showIcon title={t('cloud.import.remembered')} />}
        {doubts > 0 && !inspection.remembered && (
          <Alert type="warning" showIcon title={t('cloud.import.doubts', { n: doubts })} />
        )}
        {inspection.warnings.map((text) => (
          <Alert key={text} type="warning" showIcon title={text} />
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
              onChange={(sheet) => wizard.lookAgain.mutate(sheet)}
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
      <Panel title={t('cloud.import.preview', { n: format.number(inspection.sampledRows, 0) })} flush>
        <PreviewTable inspection={inspection} mapping={mapping} />
      </Panel>
      <div className={styles.footer}>
        <Button
          type="primary"
          disabled={problems.length > 0}
          loading={wizard.start.isPending}
          onClick={() => wizard.start.mutate(mapping)}
        >
          {t('cloud.import.start')}
        </Button>
        <span className="faint">{t('cloud.import.startHint')}</span>
      </div>
      {wizard.start.error && <ErrorNotice error={wizard.start.error} />}
    </>
  );
}
