import { type Actor, operatorActor } from '@millwright/kernel';
import type { StationRow } from '../schema.ts';

/** Who judges where nobody asked. */
export const stationActor = ({ name }: StationRow): Actor => ({ ...operatorActor, kind: 'job', id: 'station', name });
