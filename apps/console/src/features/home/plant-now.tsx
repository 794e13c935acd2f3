import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlantNode } from '../../api/types.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import { useSession } from '../../app/session.tsx';
import { useTheme } from '../../app/theme/theme-context.tsx';
import { Panel } from '../../components/panel.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { stateColor } from '../cloud/delivery/state-color.ts';
import { useOverview } from '../energy/overview/use-overview.ts';
import { AmountText } from '../energy/shared/amount-text.tsx';
import { Change } from '../energy/shared/change.tsx';
import styles from './plant-now.module.css';
import { type SiteState, siteStates } from './site-states.ts';
import type { DayOfPlant } from './use-day.ts';
import { useElectricityToday } from './use-site-energy.ts';

/** Every site on one line: whether it sends, what arrived, and what it used. */
export function PlantNow({ sites, day }: { sites: readonly PlantNode[]; day: DayOfPlant }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const energy = may('energy.report.read');
  const overview = useOverview(energy).data?.sites;
  const electricity = useElectricityToday(sites, energy);
  const rows = useMemo(() => siteStates(sites, day.sources, day.delivery, day.hours), [sites, day]);
  return (
    <Panel title={t('home.now.title')} flush>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('shell.site')}</th>
              <th scope="col">{t('home.now.sources')}</th>
              <th scope="col">{t('home.now.delivery')}</th>
              {energy && (
                <>
                  <th scope="col" className={styles.number}>
                    {t('home.now.today')}
                  </th>
                  <th scope="col" className={styles.number}>
                    {t('home.now.yesterday')}
                  </th>
                  <th scope="col" className={styles.number}>
                    {t('home.now.month')}
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const { id } = row.site;
              const known = overview?.find(({ site }) => site.id === id);
              const carrier = known?.carriers.find((each) => each.carrier === 'electricity');
              const change = carrier?.comparisons.yesterday;
              return (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/plant?node=${id}`}>{row.site.name}</Link>
                  </th>
                  <td>
                    <Sources row={row} />
                  </td>
                  <td>
                    <Hours row={row} />
                  </td>
                  {energy && (
                    <>
                      <td className={styles.number}>
                        <Link to={`/energy/consumption?of=node:${id}`}>
                          <AmountText value={electricity.get(id) ?? null} unit="kW.h" />
                        </Link>
                      </td>
                      <td className={styles.number}>
                        <AmountText value={carrier?.yesterday.value ?? null} unit={carrier?.unit ?? 'kW.h'} />
                        {change?.comparable && (
                          <span className={styles.change} title={t('home.now.weekBefore')}>
                            <Change change={change.change} />
                          </span>
                        )}
                      </td>
                      <td className={styles.number}>
                        <AmountText value={carrier?.thisMonth.value ?? null} unit={carrier?.unit ?? 'kW.h'} />
                      </td>
                    </>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Sources({ row }: { row: SiteState }) {
  const { t } = useTranslation();
  const { expected, online } = row;
  if (expected === 0) return <span className="faint">{t('home.now.noSources')}</span>;
  const tone = online === expected ? 'good' : online === 0 ? 'bad' : 'warn';
  return (
    <Link to={`/sources?q=${encodeURIComponent(row.site.name)}`}>
      <StateMark tone={tone}>{t('home.now.online', { n: online, of: expected })}</StateMark>
    </Link>
  );
}

/** The last day as the delivery page colours it. */
function Hours({ row }: { row: SiteState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { palette } = useTheme();
  return (
    <Link to="/delivery?span=24h" className={styles.hours} title={t('home.now.hoursHint')}>
      <svg viewBox={`0 0 ${row.hours.length} 1`} preserveAspectRatio="none" aria-hidden="true">
        {row.hours.map((state, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the hours of a window are its places.
          <rect key={index} x={index} width={0.86} height={1} fill={stateColor(state, palette)} />
        ))}
      </svg>
      {format.percent(row.share)}
    </Link>
  );
}
