import { useParams } from 'react-router';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useStation } from '../shared/use-stations.ts';
import { StationView } from './station-view.tsx';

/** One station, large, for whoever stands at the line. */
export function StationPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useStation(id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!data) return <Splash />;
  return <StationView key={id} station={data} />;
}
