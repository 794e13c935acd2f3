import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { CopyText } from '../../../components/copy-text.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Station } from '../types.ts';
import styles from './station.module.css';

/** How a camera or a program sends the pictures of parts to the station. */
export function SendPictures({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const command = [
    `curl --data-binary @part.png -H "content-type: application/octet-stream" -H "authorization: Bearer $TOKEN"`,
    `"${location.origin}/api/manuvision/stations/${station.id}/judge?fileName=part.png"`,
  ].join(' \\\n  ');
  return (
    <Panel title={t('parts.station.send')}>
      <div className={styles.send}>
        <p>{t('parts.station.sendHint')}</p>
        {may('access.token.manage') && <Link to="/tokens">{t('pages.tokens.title')}</Link>}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard as well. */}
        <pre tabIndex={0}>{command}</pre>
        <CopyText text={command} />
      </div>
    </Panel>
  );
}
