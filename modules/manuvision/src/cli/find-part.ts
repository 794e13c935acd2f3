import type { VerbContext } from '@millwright/kernel';
import type { DatasetAnswer } from '../datasets/service/schemas.ts';
import type { InspectionAnswer } from '../inspections/schemas.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import type { StationAnswer } from '../stations/schemas.ts';
import { findNamed } from './find-named.ts';

type Call = VerbContext['call'];
export const base = '/api/manuvision';

export const findDataset = (call: Call, wanted: string): Promise<DatasetAnswer> =>
  findNamed(call, `${base}/datasets`, wanted, (dataset) =>
    manuvisionServiceErrors.MANUVISION_DATASET_UNKNOWN({ dataset }),
  );

export const findInspection = (call: Call, wanted: string): Promise<InspectionAnswer> =>
  findNamed(call, `${base}/inspections`, wanted, (inspection) =>
    manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection }),
  );

export const findStation = (call: Call, wanted: string): Promise<StationAnswer> =>
  findNamed(call, `${base}/stations`, wanted, (station) =>
    manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station }),
  );

export const numberOf = (value: string | boolean | undefined) => (value === undefined ? undefined : Number(value));

/** A list for a person, a line each. */
export const listed =
  <T>(line: (one: T) => string, none: string) =>
  ({ items }: { items: readonly T[] }) =>
    items.map(line).join('\n') || none;
