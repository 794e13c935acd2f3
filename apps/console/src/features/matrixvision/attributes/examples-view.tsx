import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import type { Attribute } from '../types.ts';
import styles from './attributes.module.css';
import { ClickPeople } from './click-people.tsx';
import { ExampleList } from './example-list.tsx';
import { TeachBar } from './teach-bar.tsx';
import { useExamples } from './use-attributes.ts';

interface ExamplesViewProps {
  readonly attribute: Attribute;
  onTaught(): void;
}

/** People to click on one side, what was clicked on the other, and how far it is to teaching. */
export function ExamplesView({ attribute, onTaught }: ExamplesViewProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useExamples(attribute.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Splash />;
  const writes = may('matrixvision.attribute.write');
  return (
    <div className={styles.examplesView}>
      <TeachBar attribute={attribute} examples={data} onTaught={onTaught} />
      {writes && may('matrixvision.video.read') && <ClickPeople attribute={attribute} />}
      <div className={styles.sides}>
        {([true, false] as const).map((present) => (
          <ExampleList
            key={String(present)}
            attribute={attribute}
            title={t(present ? 'video.attributes.present' : 'video.attributes.absent')}
            examples={data.filter((example) => example.present === present)}
            writes={writes}
          />
        ))}
      </div>
    </div>
  );
}
