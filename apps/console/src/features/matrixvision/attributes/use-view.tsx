import { Checkbox, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { Splash } from '../../../components/splash.tsx';
import { CameraMark } from '../shared/camera-mark.tsx';
import { useCameras } from '../shared/use-cameras.ts';
import type { Attribute } from '../types.ts';
import styles from './attributes.module.css';
import { useUseAttribute, useVersions } from './use-attributes.ts';

type Where = 'nowhere' | 'everywhere' | 'chosen';

/** By which version and on which cameras it is told, and the way to a rule that asks for it. */
export function UseView({ attribute: known }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { data: versions, error, refetch } = useVersions(known.id);
  const cameras = (useCameras().data ?? []).filter(({ siteId }) => siteId === known.siteId);
  const use = useUseAttribute(known.id);
  // What was just chosen is shown while it is on its way.
  const attribute =
    use.isPending && use.variables
      ? { ...known, activeVersion: use.variables.version, cameras: use.variables.cameras ?? null }
      : known;
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!versions) return <Splash />;
  const [newest] = versions;
  if (!newest) return <EmptyState title={t('video.attributes.untaught')} text={t('video.attributes.untaughtNext')} />;
  const { activeVersion } = attribute;
  const writes = may('matrixvision.attribute.write');
  const where: Where = activeVersion === null ? 'nowhere' : attribute.cameras === null ? 'everywhere' : 'chosen';
  const version = activeVersion ?? newest.version;
  const chosen = attribute.cameras ?? [];
  const choose = (next: Where) =>
    use.mutate({
      version: next === 'nowhere' ? null : version,
      cameras: next === 'chosen' ? chosen : null,
    });
  const isTold = (id: string) => where === 'everywhere' || (where === 'chosen' && chosen.includes(id));
  return (
    <div className={styles.useView}>
      <Panel title={t('video.attributes.where')}>
        <Radio.Group
          vertical
          disabled={!writes}
          value={where}
          onChange={(event) => choose(event.target.value as Where)}
          options={(['nowhere', 'everywhere', 'chosen'] as const).map((value) => ({
            value,
            label: t(`video.attributes.whereChoice.${value}`),
          }))}
        />
        {where !== 'nowhere' && (
          <p className={styles.versionChoice}>
            <span className={styles.label}>{t('video.attributes.version')}</span>
            <Select
              aria-label={t('video.attributes.version')}
              disabled={!writes}
              value={version}
              popupMatchSelectWidth={false}
              onChange={(next) => use.mutate({ version: next, cameras: attribute.cameras })}
              options={versions.map((each) => ({
                value: each.version,
                label: [
                  t('video.attributes.versionNumber', { n: each.version }),
                  each.validation && format.percent(each.validation.accuracy, 0),
                ]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            />
          </p>
        )}
      </Panel>
      <Panel title={t('pages.cameras.title')}>
        {cameras.length === 0 ? (
          <EmptyState title={t('video.cameras.empty')} text={t('video.cameras.emptyNext')}>
            <Link to="/video/cameras">{t('pages.cameras.title')}</Link>
          </EmptyState>
        ) : (
          <ul className={styles.useCameras}>
            {cameras.map((camera) => (
              <li key={camera.id}>
                <Checkbox
                  disabled={!writes || where !== 'chosen'}
                  checked={isTold(camera.id)}
                  onChange={(event) =>
                    use.mutate({
                      version,
                      cameras: event.target.checked
                        ? [...chosen, camera.id]
                        : chosen.filter((each) => each !== camera.id),
                    })
                  }
                >
                  <span data-raw>{camera.name}</span>
                </Checkbox>
                <CameraMark state={camera.state} />
                {may('matrixvision.camera.write') && (
                  <Link
                    to={`/video/cameras/${camera.id}?add=equipment-missing&attribute=${encodeURIComponent(attribute.name)}`}
                  >
                    {t('video.attributes.makeRule')}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
        <p className="soft">{t('video.attributes.ruleHint')}</p>
      </Panel>
    </div>
  );
}
