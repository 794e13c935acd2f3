import { networkOf } from '@millwright/matrixvision';
import { useSession } from '../../../app/session.tsx';
import { NetworkField } from './network-field.tsx';

interface OfferNetworkProps {
  /** Of the error that refused an address. */
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  onAllowed?(): void;
}

/** Where an address inside the network was refused: lets who may allow its network do so there and then. */
export function OfferNetwork({ code, details, onAllowed }: OfferNetworkProps) {
  const { may } = useSession();
  const address = details?.address;
  if (code !== 'MEDIA_ADDRESS_FORBIDDEN' || typeof address !== 'string') return null;
  if (!may('matrixvision.network.write')) return null;
  return <NetworkField key={address} network={networkOf(address)} {...(onAllowed && { onAllowed })} />;
}
