import { DownloadOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { download } from '../../../components/data-table/download.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import type { Profile, Report } from '../types.ts';
import { figureSheet, hourSheet, loadSheet, type Sheet } from './report-csv.ts';
import { type Question, useHeatMap } from './use-report.ts';

interface ExportMenuProps {
  readonly question: Question;
  readonly profile: Profile;
  readonly report: Report | undefined;
}

/** What the page shows, as CSV. */
export function ExportMenu({ question, profile, report }: ExportMenuProps) {
  const { t } = useTranslation();
  const heat = useHeatMap(question);
  const name = profile.points.length === 1 ? profile.points[0]!.name : profile.site.name;
  const save =
    (what: string, { header, rows }: Sheet) =>
    () =>
      download(`${name} ${question.period.from} ${what}.csv`, toCsv(header, rows));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'figures', label: t('energy.export.figures'), onClick: save('figures', figureSheet(profile, report)) },
          { key: 'load', label: t('energy.export.load'), onClick: save('load', loadSheet(profile)) },
          {
            key: 'hours',
            label: t('energy.export.hours'),
            disabled: !heat.data,
            onClick: () => heat.data && save('hours', hourSheet(heat.data))(),
          },
        ],
      }}
    >
      <Button icon={<DownloadOutlined />}>{t('table.export')}</Button>
    </Dropdown>
  );
}
