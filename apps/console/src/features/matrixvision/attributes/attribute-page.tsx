import { DeleteOutlined } from '@ant-design/icons';
import { App, Button, Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useUndo } from '../../../components/use-undo.tsx';
import type { Attribute } from '../types.ts';
import styles from './attributes.module.css';
import { ExamplesView } from './examples-view.tsx';
import { PartPicture } from './part-picture.tsx';
import { ResultView } from './result-view.tsx';
import { useAttributes, useRemoveAttribute, useRestoreAttribute } from './use-attributes.ts';
import { UseView } from './use-view.tsx';

const views = ['examples', 'result', 'use'] as const;
type View = (typeof views)[number];

/** One attribute: its examples, how well it is told, and where. */
export function AttributePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data, error, refetch } = useAttributes();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!data) return <Splash />;
  const attribute = data.find((each) => each.id === id);
  if (attribute) return <AttributeView key={id} attribute={attribute} />;
  return (
    <EmptyState title={t('video.attributes.gone')} text={t('video.attributes.goneNext')}>
      <Link to="/video/attributes">{t('pages.attributes.title')}</Link>
    </EmptyState>
  );
}

function AttributeView({ attribute }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const [asked, setView] = useParameter('view');
  const view = views.find((each) => each === asked) ?? 'examples';
  return (
    <>
      <PageHeader page="attribute" title={attribute.name}>
        <span className={styles.partMark}>
          <PartPicture part={attribute.part} small />
          {t(`video.attributes.parts.${attribute.part}`)}
        </span>
        <Segmented<View>
          aria-label={t('video.cameras.view')}
          value={view}
          onChange={(next) => setView(next === 'examples' ? undefined : next)}
          options={views.map((value) => ({ value, label: t(`video.attributes.view.${value}`) }))}
        />
        <RemoveButton attribute={attribute} />
      </PageHeader>
      {view === 'examples' && <ExamplesView attribute={attribute} onTaught={() => setView('result')} />}
      {view === 'result' && <ResultView attribute={attribute} />}
      {view === 'use' && <UseView attribute={attribute} />}
    </>
  );
}

function RemoveButton({ attribute: { id, name } }: { attribute: Attribute }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { may } = useSession();
  const navigate = useNavigate();
  const offerUndo = useUndo();
  const remove = useRemoveAttribute();
  const restore = useRestoreAttribute();
  if (!may('matrixvision.attribute.write')) return null;
  const ask = () =>
    modal.confirm({
      title: t('video.attributes.removeAsk', { name }),
      content: t('video.attributes.removeHint'),
      okText: t('actions.delete'),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync(id).then(
          () => {
            navigate('/video/attributes');
            offerUndo(id, t('video.attributes.removed', { name }), () => restore.mutateAsync(id));
          },
          // What went wrong is said by the change itself.
          () => undefined,
        ),
    });
  return <Button type="text" icon={<DeleteOutlined />} aria-label={t('actions.delete')} onClick={ask} />;
}
