import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../app/session.tsx';
import { EmptyState } from '../../components/empty-state.tsx';

const steps = [
  { page: 'plant', to: '/plant', permission: 'cloud.plant.write' },
  { page: 'import', to: '/import', permission: 'cloud.data.import' },
  { page: 'sources', to: '/sources', permission: 'cloud.source.write' },
  { page: 'inspection', to: '/parts/inspections/new', permission: 'manuvision.inspection.write' },
  { page: 'cameras', to: '/video/cameras?new=1', permission: 'matrixvision.camera.write' },
] as const;

/** Where there is no site yet: the ways to begin. */
export function FirstSteps() {
  const { t } = useTranslation();
  const { may } = useSession();
  const offered = steps.filter(({ permission }) => may(permission));
  return (
    <EmptyState title={t('home.first.title')} text={t(offered.length > 0 ? 'home.first.text' : 'home.first.noRights')}>
      {offered.map(({ page, to }, index) => (
        <Link key={page} to={to}>
          <Button type={index === 0 ? 'primary' : 'default'} tabIndex={-1}>
            {t(`home.first.${page}`)}
          </Button>
        </Link>
      ))}
    </EmptyState>
  );
}
