import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answer, api } from '../../../api/client.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { monthOfDay, today } from './period.ts';
import { choosePeriod, useChoice } from './use-choice.ts';

interface NoReadingsProps {
  readonly points: readonly { readonly id: string }[];
  readonly zone: string;
}

/** When the newest reading of any of them came. */
const useNewest = (ids: readonly string[]) =>
  useQuery({
    queryKey: ['energy', 'newest', ids],
    enabled: ids.length > 0,
    queryFn: async () => {
      const { items } = await answer(api.POST('/api/cloud/latest', { body: { pointIds: [...ids] } }));
      const times = items.flatMap(({ time }) => (time ? [time] : []));
      return times.length > 0 ? Math.max(...times.map((time) => new Date(time).getTime())) : null;
    },
  });

/** The period is empty; says where readings are, or how to bring some in. */
export function NoReadings({ points, zone }: NoReadingsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { set } = useChoice();
  const newest = useNewest(points.slice(0, 50).map(({ id }) => id)).data;
  return (
    <EmptyState
      title={t('energy.noReadings.title')}
      text={newest ? t('energy.noReadings.newest', { time: format.minute(newest, zone) }) : t('energy.noReadings.text')}
    >
      {newest ? (
        // A millisecond before: the last reading of December is stamped with the first moment of January.
        <Button type="primary" onClick={() => set(choosePeriod(monthOfDay(today(zone, newest - 1))))}>
          {t('energy.noReadings.go')}
        </Button>
      ) : (
        <Link to="/import">
          <Button type="primary">{t('energy.noPlant.import')}</Button>
        </Link>
      )}
    </EmptyState>
  );
}
