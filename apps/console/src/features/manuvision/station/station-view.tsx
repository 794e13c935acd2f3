import { FullscreenOutlined, InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Switch, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { toggleFullScreen } from '../../matrixvision/shared/toggle-full-screen.ts';
import { DriftNotice } from '../drift/drift-notice.tsx';
import { LineNotice } from '../line/line-notice.tsx';
import { VerdictPicture } from '../shared/verdict-picture.tsx';
import type { Station, Verdict } from '../types.ts';
import { BigVerdict } from './big-verdict.tsx';
import { CameraNotice } from './camera-notice.tsx';
import { LastVerdicts } from './last-verdicts.tsx';
import styles from './station.module.css';
import { StationMenu } from './station-menu.tsx';
import { StationTabs, useStationTab } from './station-tabs.tsx';
import { TodayCounters } from './today-counters.tsx';
import { useJudge } from './use-judge.ts';
import { useVerdicts } from './use-verdicts.ts';
import { VerdictFacts } from './verdict-facts.tsx';

export function StationView({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const stage = useRef<HTMLElement>(null);
  const [heat, setHeat] = useState(true);
  const [chosen, choose] = useState<string>();
  const { data: verdicts = [], isPending, error, refetch, add } = useVerdicts(station.id);
  const [, openTab] = useStationTab();
  const show = (verdict: Verdict) => {
    choose(undefined);
    add(verdict);
  };
  const judging = useJudge(station.id, show);
  const shown = verdicts.find(({ id }) => id === chosen) ?? verdicts[0];
  return (
    <>
      <PageHeader page="station" title={station.name}>
        <span className={styles.judgedBy}>
          <Link to={`/parts/inspections/${station.inspectionId}`}>
            <span data-raw>{station.inspectionName}</span> · {t('parts.versionNumber', { n: station.version })}
          </Link>
        </span>
        <Link to={`/parts/review?station=${station.id}`}>
          <Button tabIndex={-1}>{t('pages.part-review.title')}</Button>
        </Link>
        <StationMenu station={station} />
      </PageHeader>
      {error && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {station.folderProblem && station.folder && (
        <Alert
          type="warning"
          showIcon
          className={styles.problem!}
          title={t('parts.station.folderProblem', { folder: station.folder })}
          description={<code className="mono">{station.folderProblem}</code>}
        />
      )}
      {/* A few are always under way. */}
      {(station.unsent.lost > 0 || station.unsent.waiting > 9) && (
        <Alert type="warning" showIcon className={styles.problem!} title={t('parts.station.unsent', station.unsent)} />
      )}
      <CameraNotice station={station} className={styles.problem!} />
      <LineNotice station={station} className={styles.problem!} />
      <DriftNotice station={station} className={styles.problem!} onLook={() => openTab('drift')} />
      <section ref={stage} className={styles.stage} aria-label={station.name}>
        <div className={styles.look}>
          <div className={styles.seen}>
            {shown ? (
              <VerdictPicture verdict={shown} local={judging.localOf(shown.id)} heat={heat} />
            ) : (
              <p className={styles.nothing}>{!isPending && t('parts.station.nothing')}</p>
            )}
          </div>
          <p className={styles.tools}>
            {/* What is read or measured has no score, and so no map of it. */}
            {shown?.score !== null && (
              <>
                <Switch
                  size="small"
                  checked={heat}
                  onChange={setHeat}
                  aria-label={t('parts.heat.show')}
                  disabled={!shown?.hasHeatmap}
                />
                <span aria-hidden="true">{t('parts.heat.show')}</span>
                <span className={styles.ramp} aria-hidden="true">
                  {t('parts.heat.clear')} <i /> {t('parts.heat.over')}
                </span>
              </>
            )}
            <Button
              size="small"
              icon={<FullscreenOutlined />}
              className={styles.full!}
              onClick={() => toggleFullScreen(stage.current)}
            >
              {t('parts.fullScreen')}
            </Button>
          </p>
        </div>
        <div className={styles.side}>
          <BigVerdict verdict={shown} isLoading={isPending} />
          {shown && <VerdictFacts verdict={shown} />}
          <TodayCounters today={station.today} />
        </div>
        <LastVerdicts verdicts={verdicts} shown={shown?.id} onChoose={choose} />
      </section>
      {may('manuvision.verdict.create') && (
        <Upload.Dragger
          multiple
          className={styles.drop!}
          showUploadList={false}
          beforeUpload={(file, all) => {
            if (file === all[0]) judging.judge(all);
            return false;
          }}
        >
          <InboxOutlined />{' '}
          {judging.waiting > 0 ? t('parts.station.judging', { n: judging.waiting }) : t('parts.station.drop')}
        </Upload.Dragger>
      )}
      <StationTabs station={station} onJudged={show} />
    </>
  );
}
